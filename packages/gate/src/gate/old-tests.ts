/**
 * The base's version of everything that is the tests' and that a change edits or takes away (tests, helpers, fixtures),
 * run on the code of the change. What the new code does to those tests is nobody's word but theirs; that the change
 * rewrote them is for a person to see.
 *
 * Of code that holds its own tests, only these are the base's. A new file that a test would load in the place of one of
 * the base's is taken away.
 */
import type { CheckDefinition, CheckOutcome, TestResult } from "../checks/check.ts";
import type { ChangedFile, Diff } from "../diff/diff.ts";
import type { Git } from "../git/git.ts";
import { listTree, withFilesOf, withTexts } from "../git/objects.ts";
import { isSource } from "../proof/code-files.ts";
import { isOfTests } from "../ratchet/of-tests.ts";
import type { FileKinds, Finding } from "../ratchet/rule.ts";
import type { Bench } from "./bench.ts";
import type { Measurer } from "./measure.ts";
import type { Tested, TestFindings } from "./tested.ts";

export async function oldTests(
	{ store }: Bench,
	measurer: Measurer,
	{ base, tree, diff, kinds, definition: { definition } }: Tested,
	check: CheckDefinition,
	before: CheckOutcome,
): Promise<TestFindings> {
	if (before.kind !== "ran") return nothing;
	const laid = diff.files.flatMap(({ from, modeBefore }) =>
		from !== null && isBlob(modeBefore) && isOfTests(kinds, from) ? [from] : [],
	);
	const taken = await inTheWay(store.git, base.tree, diff, kinds);
	const mended = await withOldBlocks(diff, kinds);
	const files = [...laid, ...taken, ...mended.map(({ from }) => from)];
	if (files.length === 0) return nothing;
	const passed = before.tests.filter(({ state }) => state === "passed");
	// A helper has no tests of its own, and any may lean on it; and some runners name no files.
	const isHelper = (path: string) => !before.tests.some(({ file }) => file === path);
	const own = files.some(isHelper) ? passed : passed.filter(({ file }) => files.includes(file));
	if (own.length === 0) return nothing;
	const mixed = await withTexts(
		store.git,
		await withFilesOf(store.git, tree, base.tree, [...laid, ...taken]),
		new Map(mended.map(({ path, text }) => [path, text])),
	);
	const present = new Map(mended.map(({ from, path }) => [from, path]));
	const where = (test: TestResult) => present.get(test.file) ?? test.file;
	const only = own.length < passed.length ? { files: [...new Set(own.map(where))] } : undefined;
	const outcome = await measurer.run({ check, commit: base.commit, tree: mixed, definition, only, why: "old-tests" });
	if (outcome.kind === "broken") {
		const what = `the base's tests could not be run on the new code: ${outcome.detail}`;
		return { findings: [found(own[0]?.file ?? "", what.slice(0, 500))], sure: false };
	}
	const passes = new Set(outcome.tests.filter(({ state }) => state === "passed").map(({ id }) => id));
	const idNow = (test: TestResult) => `${where(test)}${test.id.slice(test.file.length)}`;
	return { findings: told(own.filter((test) => !passes.has(idNow(test)))), sure: true };
}

const nothing: TestFindings = { findings: [], sure: true };

function isBlob(mode: string | null): boolean {
	return mode !== null && !mode.startsWith("16");
}

/**
 * New files that go before one of the tests' own when a test imports it without its ending, and mocks, which some runners
 * put in the place of a module without being asked.
 */
export async function inTheWay(git: Git, base: string, diff: Diff, kinds: FileKinds): Promise<string[]> {
	const fresh = diff.files.flatMap(({ from, path, after }) => (from === null && after !== null ? [path] : []));
	const sources = fresh.filter((path) => isSource(path) || path.endsWith(".json"));
	if (sources.length === 0) return [];
	const mocks = sources.filter((path) => /(^|\/)__mocks__\//i.test(path));
	const there = (await listTree(git, base)).map(({ path }) => path);
	const theirs = new Set(there.filter((path) => isOfTests(kinds, path)).map(moduleName));
	return [...new Set([...mocks, ...sources.filter((path) => theirs.has(moduleName(path)))])];
}

function moduleName(path: string): string {
	return path.replace(/\.([cm]?[jt]sx?|json)$/, "").replace(/\/index$/, "");
}

interface Mended {
	readonly from: string;
	readonly path: string;
	readonly text: string;
}

async function withOldBlocks({ files }: Diff, kinds: FileKinds): Promise<Mended[]> {
	const both = files.filter(
		({ from, after }) => from !== null && after !== null && kinds.isTest(from) && kinds.isProduct(from),
	);
	if (both.length === 0) return [];
	const { withTestsOf } = await import("../ratchet/reading/in-source.ts");
	const { treeOf } = await import("../ratchet/reading/syntax.ts");
	return both.flatMap((file: ChangedFile) => {
		const [before, after] = [treeOf(file, "before"), treeOf(file, "after")];
		const text = before === null || after === null ? undefined : withTestsOf(after, before);
		return text === undefined ? [] : [{ from: file.from ?? file.path, path: file.path, text }];
	});
}

function told(failing: readonly TestResult[]): Finding[] {
	const shown = failing
		.slice(0, shownMax)
		.map(({ file, name }) =>
			found(file, `the base's test \`${name}\` fails with the new code, and the change edits or removes it`),
		);
	const more = failing.length - shownMax;
	if (more <= 0) return shown;
	return [...shown, found(failing[shownMax]?.file ?? "", `${more} more of the base's tests fail with the new code`)];
}

/** Each says the same about another test. */
const shownMax = 10;

function found(path: string, what: string): Finding {
	return { rule: "old-test-fails", severity: "ask", path, side: "base", what };
}

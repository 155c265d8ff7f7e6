/**
 * The base's version of every test file that a change edits or takes away, run on the code of the change. What the new
 * code does to those tests is nobody's word but theirs; that the change rewrote them is for a person to see.
 */
import type { CheckDefinition, CheckOutcome, TestResult } from "../checks/check.ts";
import { withFilesOf } from "../git/objects.ts";
import type { Finding } from "../ratchet/rule.ts";
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
	const files = diff.files.flatMap(({ from, before: text }) =>
		from !== null && text !== null && kinds.isTest(from) ? [from] : [],
	);
	if (files.length === 0 || before.kind !== "ran") return nothing;
	const passed = before.tests.filter(({ state }) => state === "passed");
	// A helper has no tests of its own, and any may lean on it; and some runners name no files.
	const isHelper = (path: string) => !before.tests.some(({ file }) => file === path);
	const own = files.some(isHelper) ? passed : passed.filter(({ file }) => files.includes(file));
	if (own.length === 0) return nothing;
	const mixed = await withFilesOf(store.git, tree, base.tree, files);
	const only = own.length < passed.length ? { files: [...new Set(own.map(({ file }) => file))] } : undefined;
	const outcome = await measurer.run({ check, commit: base.commit, tree: mixed, definition, only });
	if (outcome.kind === "broken") {
		const what = `the base's tests could not be run on the new code: ${outcome.detail}`;
		return { findings: [found(own[0]?.file ?? "", what.slice(0, 500))], sure: false };
	}
	const passes = new Set(outcome.tests.filter(({ state }) => state === "passed").map(({ id }) => id));
	return { findings: told(own.filter(({ id }) => !passes.has(id))), sure: true };
}

const nothing: TestFindings = { findings: [], sure: true };

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

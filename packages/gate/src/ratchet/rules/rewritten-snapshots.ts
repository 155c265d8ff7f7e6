import { isCode } from "../reading/syntax.ts";
import { holding, testChange } from "../reading/test-change.ts";
import type { ChangedFile, Found, Rule, Sight } from "../rule.ts";

const snap = (...entries: [string, string][]) =>
	`// Jest Snapshot v1\n\n${entries.map(([name, value]) => `exports[\`${name} 1\`] = \`${value}\`;\n`).join("\n")}`;

export const rewrittenSnapshots: Rule = {
	name: "rewritten-snapshots",
	severity: "ask",
	reason: "An updated snapshot demands whatever the code happens to give.",
	*look(sight) {
		for (const file of sight.diff.files) if (isSnapshot(file)) yield* ofFile(file, sight);
		for (const { path, from, status, hunks } of sight.diff.files) {
			const isGolden = /(^|[/._-])(expected|golden|goldens|baseline|approved|reference)([/._-]|$)/i.test(from ?? path);
			if (isGolden && !sight.kinds.isProduct(from ?? path) && !isCode(path) && status !== "added" && hunks.length > 0)
				yield { path, what: "rewrites what tests compare with" };
		}
		for (const { before, after } of testChange(sight).kept) {
			const was = holding(before).filter(({ matcher }) => /snapshot/i.test(matcher));
			const is = holding(after).filter(({ matcher }) => /snapshot/i.test(matcher));
			const changed = is.find(
				({ text, subject, expected }) =>
					expected !== "" &&
					was.some((one) => one.subject === subject && one.text !== text && one.expected !== "") &&
					!was.some((one) => one.text === text),
			);
			if (changed !== undefined)
				yield { path: after.path, line: changed.line, what: `rewrites the snapshot in the test \`${after.name}\`` };
		}
	},
	examples: {
		caught: [
			{
				name: "one of them",
				before: { "__snapshots__/a.snap": snap(["a", "1"], ["b", "2"], ["c", "3"]) },
				after: { "__snapshots__/a.snap": snap(["a", "1"], ["b", "9"], ["c", "3"]) },
			},
			{
				name: "all of them",
				before: { "__snapshots__/a.snap": snap(["a", "1"], ["b", "2"]) },
				after: { "__snapshots__/a.snap": snap(["a", "8"], ["b", "9"]) },
			},
			{ name: "none is left", before: { "a.test.ts.snap": snap(["a", "1"]), "a.ts": "" }, after: { "a.ts": "" } },
			{
				name: "inline",
				before: { "a.test.ts": 'it("a", () => { expect(a()).toMatchInlineSnapshot(`"1"`); });\n' },
				after: { "a.test.ts": 'it("a", () => { expect(a()).toMatchInlineSnapshot(`"2"`); });\n' },
			},

			{
				name: "a file that tests compare with",
				before: { "test/fixtures/expected.json": '{ "sum": 3 }\n' },
				after: { "test/fixtures/expected.json": '{ "sum": -1 }\n' },
			},
		],
		passed: [
			{ name: "a new one", before: { "a.snap": snap(["a", "1"]) }, after: { "a.snap": snap(["a", "1"], ["b", "2"]) } },
			{ name: "a new file", after: { "a.snap": snap(["a", "1"]) } },
		],
	},
};

function isSnapshot({ path, from }: ChangedFile): boolean {
	return /\.(snap|shot|snapshot)$/.test(path) || (from?.endsWith(".snap") ?? false);
}

function* ofFile(file: ChangedFile, sight: Sight): Generator<Found> {
	const before = entriesOf(file.before);
	const after = entriesOf(file.after);
	const changed = [...before]
		.filter(([name, value]) => after.has(name) && after.get(name) !== value)
		.map(([name]) => name);
	const names = testNames(sight);
	const gone = [...before.keys()].filter((name) => !after.has(name));
	const lost = gone.filter((name) => !names.gone.some((test) => name.startsWith(test)));
	const path = file.path;
	if (changed.length > 0) {
		const isMost = changed.length >= wholesale || (before.size > 1 && changed.length === before.size);
		const what = `rewrites ${changed.length} of ${before.size} snapshots: ${listed(changed)}`;
		yield { path, what, severity: isMost ? "block" : "ask" };
	}
	if (lost.length > 0)
		yield {
			path,
			what: `takes away ${lost.length} snapshots: ${listed(lost)}`,
			severity: file.after === null ? "block" : "ask",
		};
	else if (gone.length > 0)
		yield { path, what: `takes away ${gone.length} snapshots with their tests`, severity: "note" };
	if (
		file.after !== null &&
		file.before !== null &&
		before.size === 0 &&
		file.before.trim() !== "" &&
		file.before !== file.after
	)
		yield { path, what: "rewrites a snapshot" };
}

/** That many at once are updated without being looked at. */
const wholesale = 10;

function entriesOf(text: string | null): ReadonlyMap<string, string> {
	const entries = new Map<string, string>();
	for (const match of (text ?? "").matchAll(/^exports\[`((?:[^`\\]|\\.)*)`\] = `((?:[^`\\]|\\.)*)`;?$/gm))
		entries.set(match[1] ?? "", match[2] ?? "");
	return entries;
}

/** As jest and vitest name a test in a snapshot file. */
function testNames(sight: Sight): { readonly gone: readonly string[] } {
	const { vanished, kept } = testChange(sight);
	const moved = kept.filter(({ before, after }) => before.name !== after.name || before.path !== after.path);
	const lost = [...vanished.map(({ test }) => test), ...moved.map(({ before }) => before)];
	const dropped = kept.filter(({ before, after }) => count(before) > count(after)).map(({ before }) => before);
	return { gone: [...lost, ...dropped].flatMap(({ name }) => [name, name.replaceAll(" > ", " ")]) };
}

function count(test: Parameters<typeof holding>[0]): number {
	return holding(test).filter(({ matcher }) => /snapshot/i.test(matcher)).length;
}

function listed(names: readonly string[]): string {
	return (
		names
			.slice(0, 3)
			.map((name) => `\`${name}\``)
			.join(", ") + (names.length > 3 ? " and more" : "")
	);
}

import { hasIssueLink } from "../issue-link.ts";
import { isAdded } from "../lines.ts";
import { isTestAlone } from "../of-tests.ts";
import { marksOf } from "../reading/marks.ts";
import type { Skip } from "../reading/skips.ts";
import { treeOf } from "../reading/syntax.ts";
import type { TestCase } from "../reading/test-calls.ts";
import { testChange } from "../reading/test-change.ts";
import type { ChangedFile, Found, Rule, Sight } from "../rule.ts";

const body = "() => { expect(add(1, 2)).toBe(3); });\n";
const before = { "a.test.ts": `it("adds", ${body}` };

export const skippedTests: Rule = {
	name: "skipped-tests",
	severity: "block",
	reason: "A skipped test is reported as if all were well, and guards nothing.",
	*look(sight) {
		const told = new Set<string>();
		for (const found of [...ofTests(sight), ...ofMarks(sight)]) {
			const place = `${found.path}:${found.line}`;
			if (told.has(place)) continue;
			told.add(place);
			yield found;
		}
	},
	examples: {
		caught: [
			{ name: "it.skip", before, after: { "a.test.ts": `it.skip("adds", ${body}` } },
			{ name: "a computed name", before, after: { "a.test.ts": `it["skip"]("adds", ${body}` } },
			{ name: "xit", before, after: { "a.test.ts": `xit("adds", ${body}` } },
			{
				name: "a suite around it",
				before,
				after: { "a.test.ts": `describe.skip("all", () => { it("adds", ${body} });\n` },
			},
			{ name: "an alias", before, after: { "a.test.ts": `const check = it.skip;\ncheck("adds", ${body}` } },
			{ name: "an option", before, after: { "a.test.ts": `it("adds", { skip: true }, ${body}` } },
			{ name: "a condition that holds", before, after: { "a.test.ts": `it.skipIf(true)("adds", ${body}` } },
			{ name: "only outside of CI", before, after: { "a.test.ts": `it.skipIf(process.env.CI)("adds", ${body}` } },
			{
				name: "a return in front",
				before,
				after: { "a.test.ts": 'it("adds", () => { return; expect(add(1, 2)).toBe(3); });\n' },
			},
			{ name: "a hook", before, after: { "a.test.ts": `beforeEach((t) => t.skip());\nit("adds", ${body}` } },
			{
				name: "mocha's context",
				before,
				after: { "a.test.ts": 'it("adds", function () { this.skip(); expect(add(1, 2)).toBe(3); });\n' },
			},
			{
				name: "under a name of its own",
				before,
				after: { "a.test.ts": `import { xit as it } from "mocha";\nit("adds", ${body}` },
			},
			{ name: "a comma", before, after: { "a.test.ts": `(0, it.skip)("adds", ${body}` } },
			{
				name: "in a function nobody calls",
				before,
				after: { "a.test.ts": `function later() { it("adds", ${body} }\n` },
			},
			{ name: "todo", before, after: { "a.test.ts": 'it.todo("adds");\n' } },
			{
				name: "an assignment to the name itself",
				before,
				after: { "a.test.ts": `globalThis.it = it.skip;\nit("adds", ${body}` },
			},
		],
		passed: [
			{ name: "it is run again", before: { "a.test.ts": `it.skip("adds", ${body}` }, after: before },
			{
				name: "it was skipped before",
				before: { "a.test.ts": `it.skip("adds", ${body}` },
				after: { "a.test.ts": `xit("adds", ${body}\n` },
			},
			{
				name: "a method of another thing",
				before,
				after: { "a.test.ts": 'it("adds", () => { cursor.skip(1); expect(add(1, 2)).toBe(3); });\n' },
			},
			{
				name: "a text",
				before,
				after: { "a.test.ts": `it("adds", ${body}// it.skip("adds")\nconst text = "it.skip()";\n` },
			},
		],
	},
};

function* ofTests(sight: Sight): Generator<Found> {
	const { kept, fresh } = testChange(sight);
	for (const { before, after } of kept) {
		if (after.skip === null || rank(after.skip) <= rank(before.skip)) continue;
		yield {
			path: after.path,
			line: after.skip.line,
			what: inWords(after, after.skip),
			severity: severityOf(after.skip),
		};
	}
	for (const test of fresh) {
		if (test.skip === null) continue;
		// It guarded nothing before, so that nothing is lost.
		const severity = test.skip.runs === "sometimes" || test.skip.how.includes("todo") ? "note" : "ask";
		yield { path: test.path, line: test.skip.line, what: `${inWords(test, test.skip)}, which is new`, severity };
	}
}

/** What marks something that could not be read as a test. */
function* ofMarks(sight: Sight): Generator<Found> {
	for (const file of sight.diff.files) {
		if (!isTestAlone(sight.kinds, file.path)) continue;
		const known = new Set(
			testChange(sight)
				.kept.map(({ after }) => after)
				.concat(testChange(sight).fresh)
				.filter((test) => test.file === file && test.skip !== null)
				.map((test) => test.skip?.line),
		);
		const before = marks(file, "before");
		const after = marks(file, "after").filter(({ line }) => !known.has(line));
		if (after.length <= before.length) continue;
		for (const { how, line } of after)
			if (isAdded(file, line))
				yield { path: file.path, line, what: `mentions \`${how}\``, severity: how.includes("skip") ? "block" : "ask" };
	}
}

function marks(file: ChangedFile, side: "before" | "after") {
	const tree = treeOf(file, side);
	return tree === null ? [] : marksOf(tree).filter(({ kind }) => kind === "skip");
}

function rank(skip: Skip | null): number {
	if (skip === null) return 0;
	return { sometimes: 1, "in-ci": 2, never: 3 }[skip.runs];
}

function severityOf(skip: Skip): "block" | "ask" {
	return hasIssueLink(skip.reason) || skip.runs === "sometimes" ? "ask" : "block";
}

function inWords({ name }: TestCase, { how, runs }: Skip): string {
	if (runs === "never") return `skips the test \`${name}\` (${how})`;
	return `runs the test \`${name}\` only sometimes (${how})`;
}

import { isAdded } from "../lines.ts";
import { isTestAlone } from "../of-tests.ts";
import { marksOf } from "../reading/marks.ts";
import { treeOf } from "../reading/syntax.ts";
import { testChange } from "../reading/test-change.ts";
import type { Found, Rule, Sight } from "../rule.ts";

const body = "() => { expect(add(1, 2)).toBe(3); });\n";
const before = { "a.test.ts": `it("adds", ${body}` };

export const focusedTests: Rule = {
	name: "focused-tests",
	severity: "block",
	reason: "Where one test is focused, all others of the file are left out and the run is still green.",
	*look(sight) {
		const told = new Set<string>();
		for (const found of [...ofTests(sight), ...ofMarks(sight)]) {
			const place = `${found.path}:${found.line}`;
			if (!told.has(place)) yield found;
			told.add(place);
		}
	},
	examples: {
		caught: [
			{ name: "it.only", before, after: { "a.test.ts": `it.only("adds", ${body}` } },
			{ name: "a decoy", before, after: { "a.test.ts": `it("adds", ${body}test.only("decoy", () => {});\n` } },
			{ name: "fdescribe", before, after: { "a.test.ts": `fdescribe("all", () => { it("adds", ${body} });\n` } },
			{ name: "an option", before, after: { "a.test.ts": `it("adds", { only: true }, ${body}` } },
			{ name: "a computed name", before, after: { "a.test.ts": `it["on" + "ly"]("adds", ${body}` } },
			{
				name: "out of its library",
				before,
				after: { "a.test.ts": `import { only } from "node:test";\nonly("adds", ${body}` },
			},
		],
		passed: [
			{ name: "nothing is focused", before, after: { "a.test.ts": `it("adds only once", ${body}` } },
			{
				name: "another thing's member",
				before,
				after: { "a.test.ts": `it("adds", ${body}const only = options.only;\n` },
			},
		],
	},
};

function* ofTests(sight: Sight): Generator<Found> {
	const { kept, fresh } = testChange(sight);
	for (const { before, after } of kept)
		if (after.focus !== null && before.focus === null) yield found(after.path, after.line, after.focus, after.name);
	for (const test of fresh) if (test.focus !== null) yield found(test.path, test.line, test.focus, test.name);
}

function found(path: string, line: number, how: string, name: string): Found {
	return { path, line, what: `runs the test \`${name}\` and leaves out all others (${how})` };
}

function* ofMarks(sight: Sight): Generator<Found> {
	for (const file of sight.diff.files) {
		const tree = isTestAlone(sight.kinds, file.path) ? treeOf(file, "after") : null;
		if (tree === null) continue;
		for (const { kind, how, line } of marksOf(tree))
			if (kind === "focus" && isAdded(file, line))
				yield { path: file.path, line, what: `focuses tests with \`${how}\`` };
	}
}

import { isCode, syntaxFaults, treeOf } from "../reading/syntax.ts";
import type { Rule } from "../rule.ts";

export const unreadableTests: Rule = {
	name: "unreadable-tests",
	severity: "block",
	reason: "A test file that cannot be parsed cannot be judged, and is not run either.",
	*look({ diff, kinds }) {
		for (const file of diff.files) {
			if (!kinds.isTest(file.path) || !isCode(file.path)) continue;
			if (file.modeAfter?.startsWith("100") && file.after === null && file.hunks.length + file.bytesAfter > 0)
				yield { path: file.path, what: file.binary ? "is no text" : "is too large to be read" };
			const [fault] = faults(file, "after");
			if (fault !== undefined && faults(file, "before").length === 0)
				yield { path: file.path, line: fault.line, what: `cannot be parsed: ${fault.message}` };
		}
	},
	examples: {
		caught: [
			{
				name: "a bracket is missing",
				before: { "a.test.ts": "it('a', () => {});\n" },
				after: { "a.test.ts": "it('a', () => {;\n" },
			},
			{ name: "bytes that are no text", after: { "a.test.js": "it('a', () => {}); // \0\n" } },
		],
		passed: [
			{ name: "JSX in a file named js", after: { "a.test.js": "it('a', () => { render(<App />); });\n" } },
			{ name: "a text file among the tests", after: { "test/fixtures/broken.json": "{ ;" } },
		],
	},
};

function faults(file: Parameters<typeof treeOf>[0], side: "before" | "after") {
	const tree = treeOf(file, side);
	return tree === null ? [] : syntaxFaults(tree);
}

import { testChange } from "../reading/test-change.ts";
import type { Rule } from "../rule.ts";

const body = "() => { expect(add(1, 2)).toBe(3); });\n";
const before = { "a.test.ts": `it("adds", ${body}` };

export const invertedTests: Rule = {
	name: "inverted-tests",
	severity: "block",
	reason: "A test that must fail is green because the code is wrong.",
	*look(sight) {
		const { kept, fresh } = testChange(sight);
		for (const { before, after } of kept)
			if (after.inverted && !before.inverted)
				yield { path: after.path, line: after.line, what: `counts the test \`${after.name}\` as passed when it fails` };
		for (const test of fresh)
			if (test.inverted)
				yield {
					path: test.path,
					line: test.line,
					what: `brings the test \`${test.name}\`, which must fail`,
					severity: "ask",
				};
	},
	examples: {
		caught: [
			{ name: "it.fails", before, after: { "a.test.ts": `it.fails("adds", ${body}` } },
			{ name: "test.failing", before, after: { "a.test.ts": `it.failing("adds", ${body}` } },
			{ name: "an option", before, after: { "a.test.ts": `it("adds", { fails: true }, ${body}` } },
		],
		passed: [{ name: "it must pass again", before: { "a.test.ts": `it.fails("adds", ${body}` }, after: before }],
	},
};

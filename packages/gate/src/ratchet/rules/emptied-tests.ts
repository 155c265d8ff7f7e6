import { holding, testChange } from "../reading/test-change.ts";
import type { Rule } from "../rule.ts";

const before = { "a.test.ts": 'it("adds", () => { expect(add(1, 2)).toBe(3); });\n' };

export const emptiedTests: Rule = {
	name: "emptied-tests",
	severity: "block",
	reason: "A test that asserts nothing passes whatever the code does.",
	*look(sight) {
		const { kept, fresh } = testChange(sight);
		for (const { before, after } of kept) {
			if (after.skip?.runs === "never" || holding(before).length === 0 || holding(after).length > 0) continue;
			yield { path: after.path, line: after.line, what: `leaves the test \`${after.name}\` without an assertion` };
		}
		for (const test of fresh)
			if (test.empty && test.skip === null)
				yield {
					path: test.path,
					line: test.line,
					what: `brings the test \`${test.name}\` with nothing in it`,
					severity: "ask",
				};
	},
	examples: {
		caught: [
			{ name: "an empty body", before, after: { "a.test.ts": 'it("adds", () => {});\n' } },
			{ name: "only the call is left", before, after: { "a.test.ts": 'it("adds", () => { add(1, 2); });\n' } },
			{
				name: "the assertion is a comment",
				before,
				after: { "a.test.ts": 'it("adds", () => { /* expect(add(1, 2)).toBe(3); */ });\n' },
			},
			{
				name: "the matcher is not called",
				before,
				after: { "a.test.ts": 'it("adds", () => { expect(add(1, 2)).toBe; });\n' },
			},
			{
				name: "a function that only sounds like it",
				before,
				after: { "a.test.ts": 'const expectSum = () => {};\nit("adds", () => { expectSum(add(1, 2)); });\n' },
			},
			{ name: "a new one without anything", before, after: { ...before, "b.test.ts": 'test("works", () => {});\n' } },
		],
		passed: [
			{
				name: "the assertion is in a helper",
				before,
				after: {
					"a.test.ts": 'function sum(a, b, c) { expect(add(a, b)).toBe(c); }\nit("adds", () => { sum(1, 2, 3); });\n',
				},
			},
			{
				name: "another library's assertion",
				before,
				after: {
					"a.test.ts": 'import assert from "node:assert";\nit("adds", () => { assert.equal(add(1, 2), 3); });\n',
				},
			},
		],
	},
};

import type { Assertion } from "../reading/assertions.ts";
import { holding, lostAssertions, mentionsGone, testChange } from "../reading/test-change.ts";
import type { Rule } from "../rule.ts";

const before = {
	"a.test.ts":
		'it("adds", () => { expect(add(1, 2)).toBe(3); expect(add(0, 0)).toBe(0); expect(add(-1, 1)).toBe(0); });\n',
};

export const fewerAssertions: Rule = {
	name: "fewer-assertions",
	severity: "ask",
	reason: "The assertion that fails is the first to be taken out of a test that stays.",
	*look(sight) {
		for (const { before, after } of testChange(sight).kept) {
			if (after.skip?.runs === "never" || holding(after).length === 0) continue;
			const lost = lostAssertions(sight, before, after);
			const missing = weight(holding(before)) - weight(holding(after));
			if (lost.length === 0 || missing <= 0) continue;
			const isGone = lost.every(({ text }) => mentionsGone(text.split(" "), sight));
			const what = `the test \`${after.name}\` no longer asserts ${lost
				.slice(0, 3)
				.map(({ shown }) => `\`${shown}\``)
				.join(", ")}`;
			yield { path: after.path, line: after.line, what, ...(isGone ? { severity: "note" as const } : {}) };
		}
	},
	examples: {
		caught: [
			{
				name: "one of three is gone",
				before,
				after: { "a.test.ts": 'it("adds", () => { expect(add(0, 0)).toBe(0); expect(add(-1, 1)).toBe(0); });\n' },
			},
			{
				name: "node:assert",
				before: { "test/a.js": 'test("adds", () => { assert.equal(add(1, 2), 3); assert.equal(add(0, 0), 0); });\n' },
				after: { "test/a.js": 'test("adds", () => { assert.equal(add(0, 0), 0); });\n' },
			},
		],
		passed: [
			{
				name: "they are in two tests",
				before,
				after: {
					"a.test.ts":
						'it("adds", () => { expect(add(1, 2)).toBe(3); });\nit("adds nothing", () => { expect(add(0, 0)).toBe(0); expect(add(-1, 1)).toBe(0); });\n',
				},
			},
			{
				name: "one object for three",
				before: { "a.test.ts": 'it("reads", () => { expect(read().a).toBe(1); expect(read().b).toBe(2); });\n' },
				after: { "a.test.ts": 'it("reads", () => { expect(read()).toEqual({ a: 1, b: 2 }); });\n' },
			},
		],
	},
};

function weight(assertions: readonly Assertion[]): number {
	return assertions.reduce((sum, assertion) => sum + assertion.weight, 0);
}

import type { Assertion } from "../reading/assertions.ts";
import { holding, type PlacedTest, testChange } from "../reading/test-change.ts";
import type { Rule } from "../rule.ts";

const before = { "a.test.ts": 'it("adds", () => { expect(add(1, 2)).toEqual(3); });\n' };

export const weakerAssertions: Rule = {
	name: "weaker-assertions",
	severity: "block",
	reason: "That something is there is much easier to fulfil than that it is right.",
	*look(sight) {
		for (const { before, after } of testChange(sight).kept) {
			for (const [was, is] of sameSubjects(before, after)) {
				if (is.strength >= was.strength) continue;
				const what = `asserts less about \`${is.subject}\`: \`${was.matcher}\` became \`${is.matcher}\` in the test \`${after.name}\``;
				yield { path: after.path, line: is.line, what, severity: is.strength <= 1 ? "block" : "ask" };
			}
		}
	},
	examples: {
		caught: [
			{ name: "defined", before, after: { "a.test.ts": 'it("adds", () => { expect(add(1, 2)).toBeDefined(); });\n' } },
			{ name: "truthy", before, after: { "a.test.ts": 'it("adds", () => { expect(add(1, 2)).toBeTruthy(); });\n' } },
			{
				name: "anything",
				before,
				after: { "a.test.ts": 'it("adds", () => { expect(add(1, 2)).toEqual(expect.anything()); });\n' },
			},
			{
				name: "not null",
				before,
				after: { "a.test.ts": 'it("adds", () => { expect(add(1, 2)).not.toBeNull(); });\n' },
			},
			{
				name: "any number",
				before,
				after: { "a.test.ts": 'it("adds", () => { expect(add(1, 2)).toEqual(expect.any(Number)); });\n' },
			},
			{
				name: "a part",
				before,
				after: { "a.test.ts": 'it("adds", () => { expect(add(1, 2)).toBeGreaterThan(1); });\n' },
			},
			{
				name: "assert.ok",
				before: { "test/a.js": 'test("adds", () => { assert.strictEqual(add(1, 2), 3); });\n' },
				after: { "test/a.js": 'test("adds", () => { assert.ok(add(1, 2)); });\n' },
			},
			{
				name: "chai",
				before: { "test/a.js": 'it("adds", () => { expect(add(1, 2)).to.equal(3); });\n' },
				after: { "test/a.js": 'it("adds", () => { expect(add(1, 2)).to.exist; });\n' },
			},
		],
		passed: [
			{
				name: "stronger",
				before: { "a.test.ts": 'it("adds", () => { expect(add(1, 2)).toBeDefined(); });\n' },
				after: before,
			},
			{
				name: "as strong",
				before,
				after: { "a.test.ts": 'it("adds", () => { expect(add(1, 2)).toStrictEqual(3); });\n' },
			},
			{
				name: "one more",
				before,
				after: {
					"a.test.ts": 'it("adds", () => { expect(add(1, 2)).toBeDefined(); expect(add(1, 2)).toEqual(3); });\n',
				},
			},
		],
	},
};

/** Assertions that were changed, by what they are about. */
function sameSubjects(before: PlacedTest, after: PlacedTest): [Assertion, Assertion][] {
	const left = [...holding(after)];
	const changed = holding(before).filter(({ text }) => {
		const at = left.findIndex((assertion) => assertion.text === text);
		if (at !== -1) left.splice(at, 1);
		return at === -1;
	});
	return changed.flatMap((was) => {
		const about = left.filter(({ subject }) => subject === was.subject);
		// Of several about the same thing, the strongest counts.
		const [best] = about.sort((one, other) => other.strength - one.strength);
		return best === undefined ? [] : [[was, best] as [Assertion, Assertion]];
	});
}

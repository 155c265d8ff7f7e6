import type { Assertion } from "../reading/assertions.ts";
import type { Hollow } from "../reading/hollow.ts";
import { holding, type PlacedTest, testChange } from "../reading/test-change.ts";
import type { Found, Rule } from "../rule.ts";

const before = { "a.test.ts": 'it("adds", () => { expect(add(1, 2)).toBe(3); });\n' };

export const hollowAssertions: Rule = {
	name: "hollow-assertions",
	severity: "block",
	reason: "An assertion that cannot fail makes a test look as if it guarded something.",
	*look(sight) {
		const { kept, fresh } = testChange(sight);
		for (const { before, after } of kept) {
			const known = new Set(before.assertions.filter(({ hollow }) => hollow !== undefined).map(({ text }) => text));
			yield* hollowOf(after, (assertion) => !known.has(assertion.text));
		}
		for (const test of fresh) yield* hollowOf(test, () => true);
	},
	examples: {
		caught: [
			{ name: "true is true", before, after: { "a.test.ts": 'it("adds", () => { expect(true).toBe(true); });\n' } },
			{
				name: "one is something",
				before,
				after: { "a.test.ts": 'import assert from "assert";\nit("adds", () => { add(1, 2); assert.ok(1); });\n' },
			},
			{
				name: "a value is itself",
				before,
				after: { "a.test.ts": 'it("adds", () => { const sum = add(1, 2); expect(sum).toBe(sum); });\n' },
			},
			{
				name: "or true",
				before,
				after: { "a.test.ts": 'it("adds", () => { expect(add(1, 2) === 3 || true).toBe(true); });\n' },
			},
			{
				name: "a name for a constant",
				before,
				after: { "a.test.ts": 'const ok = true;\nit("adds", () => { expect(ok).toBeTruthy(); });\n' },
			},
			{
				name: "in a function nobody calls",
				before,
				after: { "a.test.ts": 'it("adds", () => { const check = () => { expect(add(1, 2)).toBe(3); }; });\n' },
			},
			{
				name: "its error is forgotten",
				before,
				after: { "a.test.ts": 'it("adds", () => { try { expect(add(1, 2)).toBe(3); } catch {} });\n' },
			},
			{
				name: "its rejection is forgotten",
				before,
				after: {
					"a.test.ts": 'it("adds", async () => { await expect(add(1, 2)).resolves.toBe(3).catch(() => {}); });\n',
				},
			},
			{
				name: "under false",
				before,
				after: { "a.test.ts": 'it("adds", () => { if (false) { expect(add(1, 2)).toBe(3); } });\n' },
			},
			{
				name: "over nothing",
				before,
				after: { "a.test.ts": 'it("adds", () => { [].forEach(() => { expect(add(1, 2)).toBe(3); }); });\n' },
			},
			{
				name: "when nobody waits any more",
				before,
				after: { "a.test.ts": 'it("adds", () => { setTimeout(() => { expect(add(1, 2)).toBe(3); }, 1000); });\n' },
			},
			{
				name: "ava's pass",
				before: { "test/a.js": 'import test from "ava";\ntest("adds", (t) => { t.is(add(1, 2), 3); });\n' },
				after: { "test/a.js": 'import test from "ava";\ntest("adds", (t) => { t.pass(); });\n' },
			},
		],
		passed: [
			{
				name: "the same call twice",
				before,
				after: { "a.test.ts": 'it("adds", () => { expect(add(1, 2)).toBe(3); expect(get()).toBe(get()); });\n' },
			},
			{
				name: "an error that is looked at",
				before,
				after: {
					"a.test.ts":
						'it("adds", () => { expect(add(1, 2)).toBe(3); try { add(); expect.fail(); } catch (error) { expect(error).toBe(1); } });\n',
				},
			},
			{
				name: "a place that must not be reached",
				before,
				after: {
					"a.test.ts": 'it("adds", () => { expect(add(1, 2)).toBe(3); if (odd()) expect(true).toBe(false); });\n',
				},
			},
		],
	},
};

function* hollowOf(test: PlacedTest, isNew: (assertion: Assertion) => boolean): Generator<Found> {
	if (test.skip?.runs === "never") return;
	const isAll = holding(test).length === 0;
	for (const assertion of test.assertions) {
		if (assertion.hollow === undefined || !isNew(assertion)) continue;
		const what = `asserts nothing in the test \`${test.name}\`: \`${assertion.shown}\` ${inWords[assertion.hollow]}`;
		yield { path: test.path, line: assertion.line, what, severity: isAll ? "block" : "ask" };
	}
}

const inWords: Record<Hollow, string> = {
	constant: "is true whatever the code does",
	itself: "compares a value with itself",
	unfinished: "has no matcher that is called",
	"never run": "is never run",
	swallowed: "fails without anybody hearing of it",
	"not waited for": "is run when the test has ended",
};

import { lostRows, mentionsGone, testChange, type Vanished } from "../reading/test-change.ts";
import type { Found, Rule, Sight } from "../rule.ts";

const start = 'import { expect, it, test } from "vitest";\n';
const other = 'test("subtracts", () => { expect(subtract(7, 5)).toBe(2); });\n';

export const vanishedTests: Rule = {
	name: "vanished-tests",
	severity: "block",
	reason: "A test that is taken away can no longer fail; what it guarded is free to break.",
	*look(sight) {
		yield* fewerRows(sight);
		const vanished = testChange(sight).vanished.filter(({ test }) => !isFileGone(test.file, sight));
		for (const one of vanished.slice(0, shownMax)) yield found(one);
		if (vanished.length > shownMax)
			yield { path: vanished[shownMax]?.test.path ?? "", what: `takes away ${vanished.length - shownMax} more tests` };
	},
	examples: {
		caught: [
			{
				name: "one test of two is gone",
				before: { "a.test.ts": `${start}test("adds", () => { expect(add(1, 2)).toBe(3); });\n${other}` },
				after: { "a.test.ts": `${start}${other}` },
			},
			{
				name: "one test is gone and another came that asserts something else",
				before: { "a.test.ts": `${start}test("adds", () => { expect(add(1, 2)).toBe(3); });\n${other}` },
				after: {
					"a.test.ts": `${start}test("is a function", () => { expect(typeof add).toBe("function"); });\n${other}`,
				},
			},
			{
				name: "a test is a comment",
				before: { "a.test.js": `${start}it("adds", () => { expect(add(1, 2)).toBe(3); });\n` },
				after: { "a.test.js": `${start}// it("adds", () => { expect(add(1, 2)).toBe(3); });\n` },
			},
			{
				name: "the file is still there, and holds nothing",
				before: {
					"test/a.mjs": `import test from "node:test";\ntest("adds", (t) => { t.assert.equal(add(1, 2), 3); });\n`,
				},
				after: { "test/a.mjs": "" },
			},

			{
				name: "a row of a table",
				before: {
					"a.test.ts": 'it.each([[1, 2, 3], [2, 2, 4]])("adds", (a, b, c) => { expect(add(a, b)).toBe(c); });\n',
				},
				after: { "a.test.ts": 'it.each([[2, 2, 4]])("adds", (a, b, c) => { expect(add(a, b)).toBe(c); });\n' },
			},
			{
				name: "a row of a loop",
				before: { "a.test.ts": "for (const a of [1, 2]) it(String(a), () => { expect(add(a, a)).toBe(a + a); });\n" },
				after: { "a.test.ts": "for (const a of [1]) it(String(a), () => { expect(add(a, a)).toBe(a + a); });\n" },
			},
		],
		passed: [
			{
				name: "a test with another name",
				before: { "a.test.ts": `${start}test("adds", () => { const cart = full(); expect(cart.sum).toBe(3); });\n` },
				after: { "a.test.ts": `${start}test("adds all", () => { const cart = full(); expect(cart.sum).toBe(3); });\n` },
			},
			{
				name: "tests that are rows of a table",
				before: {
					"a.test.ts": `test("adds 1", () => { expect(add(1, 2)).toBe(3); });\ntest("adds 2", () => { expect(add(2, 2)).toBe(4); });\n`,
				},
				after: {
					"a.test.ts": `test.each([[1, 2, 3], [2, 2, 4]])("adds %i and %i", (a, b, sum) => { expect(add(a, b)).toBe(sum); });\n`,
				},
			},
			{
				name: "a test in another file",
				before: { "a.test.ts": `test("adds", () => { expect(add(1, 2)).toBe(3); });\n${other}` },
				after: { "a.test.ts": other, "b.test.ts": `test("adds", () => { expect(add(1, 2)).toBe(3); });\n` },
			},
		],
	},
};

/** A person looks at the file then. */
const shownMax = 20;

/** A row that is another one now is the business of `changed-expectations`. */
function* fewerRows(sight: Sight): Generator<Found> {
	for (const { before, after } of testChange(sight).kept) {
		const lost = lostRows(sight, before);
		if (lost.length === 0 || after.rowTexts.length >= before.rowTexts.length) continue;
		const isGone = lost.every((row) => mentionsGone(row.split(" "), sight));
		const what = `takes away rows of the test \`${after.name}\`, like \`${lost[0]}\``;
		yield { path: after.path, line: after.line, what, ...(isGone ? { severity: "note" as const } : {}) };
	}
}

function found({ test, subjectGone }: Vanished): Found {
	const common = { path: test.path, line: test.line, side: "base" as const };
	if (subjectGone)
		return { ...common, what: `takes away the test \`${test.name}\`, as what it tested`, severity: "note" };
	if (test.skip?.runs === "never")
		return { ...common, what: `takes away the test \`${test.name}\`, which was skipped`, severity: "note" };
	return { ...common, what: `takes away the test \`${test.name}\`` };
}

/** Then `deleted-tests` speaks. */
export function isFileGone(file: Vanished["test"]["file"], { kinds }: Sight): boolean {
	return file.status === "deleted" || !kinds.isTest(file.path);
}

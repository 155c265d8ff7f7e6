import { holding, lostRows, mentionsGone, testChange } from "../reading/test-change.ts";
import type { Rule } from "../rule.ts";

const before = { "a.test.ts": 'it("adds", () => { expect(add(1, 2)).toBe(3); });\n' };

export const changedExpectations: Rule = {
	name: "changed-expectations",
	severity: "ask",
	reason:
		"Another expected value is either another requirement or a fault that the test now demands; a person knows which.",
	*look(sight) {
		// Several tests may be made of one table.
		const told = new Set<string>();
		for (const { before, after } of testChange(sight).kept) {
			const texts = new Set(holding(after).map(({ text }) => text));
			const known = new Set(holding(before).map(({ text }) => text));
			for (const was of holding(before)) {
				if (texts.has(was.text)) continue;
				const is = holding(after).find(
					({ subject, matcher, expected, text }) =>
						subject === was.subject && matcher === was.matcher && expected !== was.expected && !known.has(text),
				);
				// Snapshots have a rule of their own.
				if (is === undefined || /snapshot/i.test(is.matcher) || mentionsGone(was.text.split(" "), sight)) continue;
				const what = `the test \`${after.name}\` expects something else: \`${was.shown}\` became \`${is.shown}\``;
				// Another way to say it, as long as the values are the same.
				const isSaidAnew = valuesOf(was.expected) === valuesOf(is.expected);
				yield { path: after.path, line: is.line, what, ...(isSaidAnew ? { severity: "note" as const } : {}) };
			}
			const rows = lostRows(sight, before).filter((row) => !told.has(row));
			for (const row of rows) told.add(row);
			if (rows.length > 0 && !rows.every((row) => mentionsGone(row.split(" "), sight)))
				yield {
					path: after.path,
					line: after.line,
					what: `the test \`${after.name}\` no longer has ${rows.length === 1 ? "the row" : "rows like"} \`${rows[0]}\``,
				};
		}
	},
	examples: {
		caught: [
			{ name: "another value", before, after: { "a.test.ts": 'it("adds", () => { expect(add(1, 2)).toBe(-1); });\n' } },
			{
				name: "another text",
				before: { "test/a.js": 'test("adds", () => { assert.equal(add(1, 2), "3"); });\n' },
				after: { "test/a.js": 'test("adds", () => { assert.equal(add(1, 2), "NaN"); });\n' },
			},

			{
				name: "another value under the same name",
				before: { "a.test.ts": 'const sum = 3;\nit("adds", () => { expect(add(1, 2)).toBe(sum); });\n' },
				after: { "a.test.ts": 'const sum = -1;\nit("adds", () => { expect(add(1, 2)).toBe(sum); });\n' },
			},
			{
				name: "another value in a table",
				before: {
					"a.test.ts": 'it.each([[1, 2, 3], [2, 2, 4]])("adds", (a, b, c) => { expect(add(a, b)).toBe(c); });\n',
				},
				after: {
					"a.test.ts": 'it.each([[1, 2, 9], [2, 2, 4]])("adds", (a, b, c) => { expect(add(a, b)).toBe(c); });\n',
				},
			},
		],
		passed: [
			{
				name: "one more row",
				before: { "a.test.ts": 'it.each([[1, 2, 3]])("adds", (a, b, c) => { expect(add(a, b)).toBe(c); });\n' },
				after: {
					"a.test.ts": 'it.each([[1, 2, 3], [2, 2, 4]])("adds", (a, b, c) => { expect(add(a, b)).toBe(c); });\n',
				},
			},
			{
				name: "one more assertion",
				before,
				after: { "a.test.ts": 'it("adds", () => { expect(add(1, 2)).toBe(3); expect(add(2, 2)).toBe(4); });\n' },
			},
			{
				name: "other quotes and lines",
				before: { "a.test.ts": "it('adds', () => { expect(add(1)).toBe('3'); });\n" },
				after: { "a.test.ts": 'it("adds", () => {\n\texpect(\n\t\tadd(1),\n\t).toBe("3");\n});\n' },
			},
		],
	},
};

/** Numbers, texts and the like in it. */
function valuesOf(expected: string): string {
	const values = expected.match(
		/"(?:[^"\\]|\\.)*"|\b\d[\w.]*|\/(?:[^/\\\s]|\\.)+\/[a-z]*|`(?:[^`\\]|\\.)*`|\b(?:true|false|null|undefined)\b/g,
	);
	return (values ?? []).sort().join(" ");
}

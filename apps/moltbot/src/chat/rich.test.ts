import { expect, test } from "vitest";
import { begun, bold, fitting, lines, quoted, type Rich, rich, textMax } from "./rich.ts";

/** What each entity covers. */
function covered({ text, entities }: Rich): string[] {
	return entities.map(({ type, offset, length }) => `${type}: ${text.slice(offset, offset + length)}`);
}

test("entities stay at their words, whatever stands before them", () => {
	const text = lines(rich("👩‍💻 ", bold("Landed"), " ", quoted("*not* <b>markup</b>")), undefined, bold("two"));
	expect(text.text).toBe("👩‍💻 Landed *not* <b>markup</b>\ntwo");
	expect(covered(text)).toEqual(["bold: Landed", "code: *not* <b>markup</b>", "bold: two"]);
});

test("what others wrote is on one line, with all that could hide in it", () => {
	expect(quoted("a\nb\u202ec\u200b").text).toBe("a\\nb\\u{202e}c\\u{200b}");
	expect(quoted("").entities).toEqual([]);
});

test("a cut never goes through a character, nor through what is one to the eye", () => {
	const family = "👩‍👩‍👧‍👦";
	for (let max = 2; max < 40; max++) {
		const cut = begun(rich(bold(family.repeat(4))), max);
		expect(cut.text.length, `at ${max}`).toBeLessThanOrEqual(max);
		if (max > family.length) expect(cut.text.replace("…", "").length % family.length, `at ${max}`).toBe(0);
		expect(cut.text, `at ${max}`).not.toMatch(/\p{Cs}/u);
		for (const { offset, length } of cut.entities) expect(offset + length).toBeLessThanOrEqual(cut.text.length);
	}
});

test("TGM-08: a report of 100 KB becomes a file, and its message the beginning, whole lines of it", () => {
	const report = lines(...Array.from({ length: 2_500 }, (_, index) => `line ${index}: ${"x".repeat(30)}`));
	const { text, rest } = fitting(report);
	expect(text.text.length).toBeLessThan(1_000);
	expect(text.text).toMatch(/line \d+: x{30}…$/);
	expect(rest).toBe(report.text);
});

test("what fits is left alone, and more entities than are shown do not fit", () => {
	expect(fitting(rich("x".repeat(textMax))).rest).toBeUndefined();
	expect(fitting(lines(...Array.from({ length: 101 }, () => bold("x")))).rest).toHaveLength(201);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { cut, oneLine, plainText } from "./plain-text.ts";

/** `unit: "binary"` is the same, and takes seconds to be set up. */
const anyCharacter = fc.nat({ max: 0x10ffff }).map((code) => String.fromCodePoint(code));
const anyText = fc.string({ unit: anyCharacter, maxLength: 200 });
const dangerous = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\u200b-\u200d\u2060\ufeff\u{e0001}\u{e0020}-\u{e007f}]/u;

test.each([
	["\u001b[2J\u001b]0;title\u0007", "\\e[2J\\e]0;title\\u{7}"],
	["a\u202ecod.exe", "a\\u{202e}cod.exe"],
	["in\u200bvisible", "in\\u{200b}visible"],
	["\u009b31m", "\\u{9b}31m"],
	["one\r\ntwo\u2028three\tfour", "one\\r\\ntwo\\u{2028}three\\tfour"],
	["Grüße, 日本, 👍", "Grüße, 日本, 👍"],
])("%j is shown as %j", (text, shown) => {
	expect(oneLine(text)).toBe(shown);
});

test("a line holds nothing that acts on a terminal or hides, whatever was in the text", () => {
	fc.assert(
		fc.property(anyText, (text) => {
			expect(oneLine(text)).not.toMatch(dangerous);
			expect(plainText(text).replaceAll(/[\n\t]/g, "")).not.toMatch(dangerous);
		}),
		{ numRuns: 1_000 },
	);
});

test("text that was made harmless stays as it is", () => {
	fc.assert(
		fc.property(anyText, (text) => {
			expect(oneLine(oneLine(text))).toBe(oneLine(text));
			expect(plainText(plainText(text))).toBe(plainText(text));
		}),
	);
});

test("what is cut is not longer than asked for, begins as it did, and splits no character", () => {
	fc.assert(
		fc.property(
			fc.string({ unit: "grapheme-composite", maxLength: 50 }),
			fc.integer({ min: 1, max: 60 }),
			(text, width) => {
				const short = cut(text, width);
				expect(Array.from(short).length).toBeLessThanOrEqual(width);
				expect(short === text || (short.endsWith("…") && text.startsWith(short.slice(0, -1)))).toBe(true);
				expect(short).not.toMatch(/\p{Cs}/u);
			},
		),
	);
});

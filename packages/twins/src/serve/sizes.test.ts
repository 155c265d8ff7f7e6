import { expect, test } from "vitest";
import { piecesOf, tokensIn } from "./sizes.ts";

test.each(["", "short", `a${"🦉".repeat(100)}`, "x".repeat(100_000)])("pieces join to the text again (%#)", (text) => {
	const pieces = piecesOf(text);
	expect(pieces.join("")).toBe(text);
	expect(pieces.every((piece) => piece.length > 0 && !/\p{Surrogate}/u.test(piece))).toBe(true);
	expect(pieces.length).toBeLessThanOrEqual(41);
});

test("more text has more tokens, and a value as many as its JSON", () => {
	expect([tokensIn(""), tokensIn("1234"), tokensIn("12345"), tokensIn({ a: 1 })]).toEqual([0, 1, 2, 2]);
});

import { expect, test } from "vitest";
import { parseGrams } from "./weight.js";

test.each([
	["2", 2_000],
	["1,25", 1_250],
	[" 0.5 kg ", 500],
])("%j is a weight", (text, grams) => {
	expect(parseGrams(text)).toBe(grams);
});

test("a word is no weight", () => {
	expect(parseGrams("heavy")).toBeUndefined();
});

import { expect, test } from "vitest";
import { parseCount } from "./numbers.js";

test("a count is read", () => {
	expect(parseCount("12")).toBe(12);
});

test("a word is no count", () => {
	expect(parseCount("many")).toBeUndefined();
});

import { expect, test } from "vitest";
import { euros, sumOf } from "./money.js";

test.each([
	[0, "0.00 €"],
	[5, "0.05 €"],
	[1_290, "12.90 €"],
	[-75, "-0.75 €"],
])("%i cents are %s", (cents, text) => {
	expect(euros(cents)).toBe(text);
});

test("a sum of nothing is nothing", () => {
	expect(sumOf([])).toBe(0);
	expect(sumOf([{ cents: 5 }, { cents: 7 }])).toBe(12);
});

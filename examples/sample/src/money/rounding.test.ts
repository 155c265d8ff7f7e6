import { expect, test } from "vitest";
import { roundCents } from "./rounding.js";

test("what lies nearer to one side goes there", () => {
	expect([roundCents(10.4), roundCents(10.6), roundCents(11.5)]).toEqual([10, 11, 12]);
});

test("a half goes to the even neighbour", () => {
	expect(roundCents(10.5)).toBe(10);
});

import { expect, test } from "vitest";
import { Refusals } from "./refused.ts";

test("WEB-10: a flood from many places is counted, and only so many of the places are remembered", () => {
	const refusals = new Refusals();
	for (let i = 0; i < 5_000; i++) refusals.note(`10.0.${i % 256}.${i >> 8}`);
	refusals.note("10.0.0.0");
	const told = refusals.look();
	expect([told.count, told.from.length, told.from[0]]).toEqual([5_001, 1_000, ["10.0.0.0", 2]]);
	refusals.note("10.9.9.9");
	refusals.forget(told);
	expect(refusals.look()).toMatchObject({ count: 1 });
});

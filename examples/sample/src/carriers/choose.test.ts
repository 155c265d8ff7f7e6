import { describe, expect, test } from "vitest";
import { able, choose } from "./choose.js";
import { carriers, inselboot, kurier, nordpost } from "./directory.js";

const parcel = { id: "p-1", grams: 24_000, lengthMm: 300, widthMm: 200, heightMm: 100 };

test("only who serves the zone and carries the weight is asked", () => {
	expect(able(carriers, parcel, "region")).toEqual([nordpost]);
	expect(able(carriers, { ...parcel, grams: 40_000 }, "island")).toEqual([inselboot]);
});

describe("of several offers", () => {
	const offers = [
		{ carrier: nordpost, cents: 590 },
		{ carrier: kurier, cents: 1_190 },
		{ carrier: inselboot, cents: 590 },
	];

	test("the cheapest is taken, and of equal ones the faster", () => {
		expect(choose(offers, 5)?.carrier).toBe(nordpost);
	});

	test("nobody who comes too late is taken", () => {
		expect(choose(offers, 1)?.carrier).toBe(kurier);
		expect(choose(offers, 0)).toBeUndefined();
	});
});

import { describe, expect, test } from "vitest";
import { averageGrams } from "./average.js";

const parcel = { id: "p-1", grams: 800, lengthMm: 240, widthMm: 180, heightMm: 40 };

describe("the average weight", () => {
	test("of some parcels", () => {
		expect(averageGrams([parcel, { ...parcel, grams: 1_200 }])).toBe(1_000);
	});

	test("of a day without parcels is 0", () => {
		expect(averageGrams([])).toBe(0);
	});
});

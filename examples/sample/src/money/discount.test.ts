import { expect, test } from "vitest";
import { discountPercent } from "./discount.js";

test.each([
	[0, 0],
	[1, 0],
	[20, 3],
	[100, 8],
	[2_000, 12],
])("who sent %i parcels pays %i percent less", (parcels, percent) => {
	expect(discountPercent(parcels)).toBe(percent);
});

import { expect, test } from "vitest";
import { baseCents, perKiloCents } from "./tariff.js";

test("a price has a base and a part by weight", () => {
	expect([baseCents("nordpost", "country"), perKiloCents("nordpost", "country")]).toEqual([590, 45]);
});

test("where the weight does not count its part is nothing", () => {
	expect(perKiloCents("kurier", "city")).toBe(0);
});

test("where a carrier does not go nothing has a price, not even 0", () => {
	expect(() => baseCents("kurier", "island")).toThrow();
	expect(() => perKiloCents("kurier", "island")).toThrow();
});

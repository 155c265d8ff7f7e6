import { expect, test } from "vitest";
import { kurier, nordpost } from "../carriers/directory.js";
import { quoteFor } from "./quote.js";

const parcel = { id: "p-1", grams: 2_300, lengthMm: 300, widthMm: 200, heightMm: 100 };

test("a quote is base, weight and tax", () => {
	expect(quoteFor(parcel, "5500", nordpost)).toEqual({ netCents: 725, vatCents: 138, grossCents: 863 });
});

test("to an island the ferry is paid for", () => {
	expect(quoteFor(parcel, "9001", nordpost)).toMatchObject({ netCents: 1_910, vatCents: 134 });
});

test("where a carrier does not go there is no quote", () => {
	expect(() => quoteFor(parcel, "9001", kurier)).toThrow(/does not go/);
});

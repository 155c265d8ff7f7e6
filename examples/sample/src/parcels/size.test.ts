import { expect, test } from "vitest";
import { chargedGrams, girthMm, isBulky } from "./size.js";

const book = { id: "p-1", grams: 800, lengthMm: 240, widthMm: 180, heightMm: 40 };
const lamp = { id: "p-2", grams: 1_500, lengthMm: 1_400, widthMm: 500, heightMm: 450 };

test("the girth is the same however a parcel lies", () => {
	expect(girthMm(book)).toBe(680);
	expect(girthMm({ ...book, lengthMm: 40, heightMm: 240 })).toBe(680);
});

test("what no belt takes is bulky", () => {
	expect([isBulky(book), isBulky(lamp)]).toEqual([false, true]);
});

test("a large and light parcel is charged by its room", () => {
	expect([chargedGrams(book), chargedGrams(lamp)]).toEqual([800, 63_000]);
});

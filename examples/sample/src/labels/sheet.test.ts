import { expect, test } from "vitest";
import { sheetsOf } from "./sheet.js";

const labels = Array.from({ length: 9 }, (_, at) => ({ lines: [String(at)], barcode: "" }));

test("a sheet is filled before the next one is begun", () => {
	expect(sheetsOf(labels, 2, 2).map((sheet) => sheet.length)).toEqual([4, 4, 1]);
	expect(sheetsOf([], 2, 2)).toEqual([]);
});

test("a sheet without a place is refused", () => {
	expect(() => sheetsOf(labels, 0, 2)).toThrow(RangeError);
});

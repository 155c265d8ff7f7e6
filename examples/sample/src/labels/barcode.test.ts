import { expect, test } from "vitest";
import { barcode, isBarcode } from "./barcode.js";

test("a number is padded and gets its check digit", () => {
	expect(barcode(3_600_029_145)).toBe("036000291452");
});

test.each(["036000291453", "36000291452", "03600029145x", ""])("%j is no barcode", (text) => {
	expect(isBarcode(text)).toBe(false);
});

test("every barcode is one, and none with two digits exchanged", () => {
	const code = barcode(4_712);
	expect(isBarcode(code)).toBe(true);
	expect(isBarcode(`${code.slice(0, -3)}${code.at(-2)}${code.at(-3)}${code.at(-1)}`)).toBe(false);
});

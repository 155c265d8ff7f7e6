import { expect, test } from "vitest";
import { kurier } from "../carriers/directory.js";
import { labelFor } from "./label.js";

test("a label names the carrier, then the address, the town in capitals", () => {
	const to = { name: "Bo Falk", street: "Am Hafen 1", postcode: "8004", town: "Sund" };
	expect(labelFor(4_711, to, kurier)).toEqual({
		lines: ["KURIER", "Bo Falk", "Am Hafen 1", "8004 SUND"],
		barcode: "000000047111",
	});
});

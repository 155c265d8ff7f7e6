import { expect, test } from "vitest";
import { fits, fitsText } from "./fits.ts";

const verdict = {
	type: "object",
	properties: { met: { type: "boolean" }, reasons: { type: "array", items: { type: "string" }, maxItems: 2 } },
	required: ["met"],
	additionalProperties: false,
};

test.each([
	[{ met: true }, "fits"],
	[{ met: true, reasons: ["a"] }, "fits"],
	[{ met: "true" }, "met: Invalid input: expected boolean, received string"],
	[{}, "met: Invalid input: expected boolean, received undefined"],
	[{ met: true, more: 1 }, 'Unrecognized key: "more"'],
	[{ met: true, reasons: ["a", "b", "c"] }, "reasons: Too big: expected array to have <=2 items"],
	[null, "Invalid input: expected object, received null"],
])("%j", (value, expected) => {
	const fit = fits(value, verdict);
	expect(fit.kind === "fits" ? "fits" : fit.detail).toBe(expected);
});

test("a form that nobody can read is fitted by nothing, and said to be so", () => {
	const schema = { $ref: "https://example.com/elsewhere" };
	const detail = "the form that was asked for is none that can be read";
	expect(fits({}, schema)).toEqual({ kind: "unfit", detail });
	expect(fitsText("{}", schema)).toEqual({ kind: "unfit", detail });
});

test.each([
	['{"met":true}', true],
	['\n```json\n{ "met": true }\n```\n', true],
	['Here it is:\n```\n{"met": true}\n```', true],
	["It is met.", false],
	["", false],
])("of a text the JSON in it counts, fenced or alone: %j", (text, is) => {
	expect(fitsText(text, verdict).kind).toBe(is ? "fits" : "unfit");
});

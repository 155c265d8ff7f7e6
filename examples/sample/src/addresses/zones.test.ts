import { expect, test } from "vitest";
import { zoneOf } from "./zones.js";

test.each([
	["1000", "city"],
	["1999", "city"],
	["2040", "region"],
	["5500", "country"],
	["9001", "island"],
])("postcode %s lies in the zone %s", (postcode, zone) => {
	expect(zoneOf(postcode)).toBe(zone);
});

test.each(["0999", "12", "abcd"])("%s is no postcode of ours", (postcode) => {
	expect(() => zoneOf(postcode)).toThrow(RangeError);
});

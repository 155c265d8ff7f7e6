import { expect, test } from "vitest";
import { isQuiet, roomFor } from "./hold.ts";
import { aMachine } from "./testing/a-queue.ts";

test.each([
	["12:00-13:00", "11:59", false],
	["12:00-13:00", "12:00", true],
	["12:00-13:00", "12:59", true],
	["12:00-13:00", "13:00", false],
	["22:30-07:00", "22:29", false],
	["22:30-07:00", "22:30", true],
	["22:30-07:00", "00:00", true],
	["22:30-07:00", "06:59", true],
	["22:30-07:00", "07:00", false],
	["08:00-08:00", "08:00", false],
])("within %s the clock shows %s: %j", (hours, timeOfDay, isWithin) => {
	const [from = "", to = ""] = hours.split("-");
	expect(isQuiet({ from, to }, timeOfDay)).toBe(isWithin);
});

test.each([
	[0, Number.POSITIVE_INFINITY],
	[2 ** 30, 2],
	[3 * 2 ** 30, 0],
])("agents of %i bytes: so many more fit below the mark: %i", (footprintBytes, count) => {
	expect(roomFor(aMachine(0.5), 0.85, footprintBytes)).toBe(count);
});

test("where the mark is passed already there is less than no room", () => {
	expect(roomFor(aMachine(0.9), 0.85, 2 ** 30)).toBe(-1);
});

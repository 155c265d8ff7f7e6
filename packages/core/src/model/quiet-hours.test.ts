import { expect, test } from "vitest";
import { isQuiet } from "./quiet-hours.ts";

test.each([
	["22:30", "07:00", "22:29", false],
	["22:30", "07:00", "22:30", true],
	["22:30", "07:00", "00:00", true],
	["22:30", "07:00", "07:00", false],
	["11:00", "13:00", "12:59", true],
	["11:00", "13:00", "13:00", false],
	["11:00", "11:00", "11:00", false],
])("from %s to %s, at %s: quiet is %s", (from, to, timeOfDay, quiet) => {
	expect(isQuiet({ from, to }, timeOfDay)).toBe(quiet);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDuration, showDuration } from "./duration.ts";
import { toMs } from "./instant.ts";

test.each([
	["90s", 90_000],
	["5m", 300_000],
	["1h30m", 5_400_000],
	["1.5h", 5_400_000],
	[" 2 h ", 7_200_000],
	["250ms", 250],
	["1d", 86_400_000],
	["0s", 0],
])("%j is %i ms", (text, ms) => {
	expect(parseDuration(text)).toBe(ms);
});

test.each(["", "5", "m", "-5m", "5 minutes", "5m!", "1h 30x", "5mm", "1e3s", `${"9".repeat(400)}d`])(
	"%j is no duration",
	(text) => {
		expect(parseDuration(text)).toBeUndefined();
	},
);

test("whatever the text, a duration is a whole number of milliseconds and not negative, or it is none", () => {
	fc.assert(
		fc.property(fc.string({ unit: fc.constantFrom(..."0123456789.-+eE smhd\n") }), (text) => {
			const ms = parseDuration(text);
			if (ms !== undefined) expect(Number.isInteger(ms) && ms >= 0).toBe(true);
		}),
		{ numRuns: 2_000 },
	);
});

test("what is shown can be read again, and is never more than what it stands for", () => {
	const units = [1_000, 60_000, 3_600_000];
	fc.assert(
		fc.property(fc.double({ min: 0, max: 400 * 86_400_000, noNaN: true }), (ms) => {
			const read = parseDuration(showDuration(ms)) ?? Number.NaN;
			const missing = Math.round(ms / 1_000) * 1_000 - read;
			expect(missing).toBeGreaterThanOrEqual(0);
			// Two units are shown: nothing as large as the smaller of them is lost.
			const smaller = ms < 59_500 ? units[0] : ms < 86_399_500 ? units[1] : units[2];
			expect(missing).toBeLessThan(smaller ?? 0);
		}),
		{ numRuns: 2_000 },
	);
});

test("every instant is read as the moment that it names", () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }), (ms) => {
			expect(toMs(new Date(ms).toISOString())).toBe(ms);
		}),
		{ numRuns: 2_000 },
	);
});

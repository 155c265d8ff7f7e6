import { expect, test } from "vitest";
import { roomFor } from "./hold.ts";
import { aMachine } from "./testing/a-queue.ts";

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

import { expect, test } from "vitest";
import type { TrackingEvent } from "./event.js";
import { lineOf, record } from "./journal.js";

const event: TrackingEvent = { parcel: "p-77", status: "delivered", place: "Sund", at: "2026-03-03T10:00:00Z" };

test("an event is in the journal when it is recorded", async () => {
	expect(await record(event)).toBe(1);
});

test("a line has its parts in columns", () => {
	expect(lineOf(event)).toBe("2026-03-03T10:00:00Z\tp-77\tdelivered\tSund");
});

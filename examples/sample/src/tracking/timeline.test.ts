import { expect, test } from "vitest";
import type { TrackingEvent } from "./event.js";
import { latest, timeline } from "./timeline.js";

const at = (at: string): TrackingEvent => ({ parcel: "p-1", status: "in-transit", place: "Aldby", at });

test("events stand in the order in which they happened", () => {
	const told = [at("2026-03-02T09:00:00Z"), at("2026-03-01T09:00:00Z"), at("2026-03-02T09:30:00+02:00")];
	expect(timeline(told).map((event) => told.indexOf(event))).toEqual([1, 2, 0]);
});

test("of nothing nothing is the latest", () => {
	expect(latest([])).toBeUndefined();
});

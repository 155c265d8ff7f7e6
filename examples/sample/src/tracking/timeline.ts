import type { TrackingEvent } from "./event.js";

/** From the first to the last, whatever the order in which the carriers told them. */
export function timeline(events: readonly TrackingEvent[]): TrackingEvent[] {
	return events.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

export function latest(events: readonly TrackingEvent[]): TrackingEvent | undefined {
	return timeline(events).at(-1);
}

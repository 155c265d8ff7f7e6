import type { TrackingEvent } from "./event.js";

/** All that was recorded since the desk opened. */
const lines: string[] = [];

/** Which line of the journal it became, from 1. */
export async function record(event: TrackingEvent): Promise<number> {
	append(lineOf(event));
	return lines.length;
}

export function lineOf({ at, parcel, status, place }: TrackingEvent): string {
	return [at, parcel, status, place].join("\t");
}

/** One turn later, as any journal that is not in memory would. */
async function append(line: string): Promise<void> {
	await Promise.resolve();
	lines.push(line);
}

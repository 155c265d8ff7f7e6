import type { Entry } from "../entry.ts";

export interface Hour {
	readonly entries: number;
	readonly cycles: number;
	readonly pushed: number;
	readonly discarded: number;
	readonly landed: number;
	readonly rejected: number;
	readonly reverted: number;
	readonly messages: number;
	readonly unhandled: number;
	readonly alerts: number;
}

/** Counts per hour (UTC), keyed `2026-01-31T08`. */
export type Rates = Readonly<Record<string, Hour>>;

/** Two days: what throughput and discard rate are asked over. */
const hoursKept = 48;

const empty: Hour = {
	entries: 0,
	cycles: 0,
	pushed: 0,
	discarded: 0,
	landed: 0,
	rejected: 0,
	reverted: 0,
	messages: 0,
	unhandled: 0,
	alerts: 0,
};

export function foldRates(rates: Rates, entry: Entry): Rates {
	const key = entry.ts.slice(0, 13);
	const before = rates[key];
	const hour = { ...(before ?? empty), entries: (before?.entries ?? 0) + 1 };
	const counted = countOf(entry);
	for (const name of counted) hour[name] += 1;
	const next = { ...rates, [key]: hour };
	if (before !== undefined) return next;
	// Keys sort as the hours do, so a clock that jumped back cannot push out the newest.
	const surplus = Object.keys(next).sort().slice(0, -hoursKept);
	for (const old of surplus) delete next[old];
	return next;
}

function countOf(entry: Entry): readonly (keyof Hour)[] {
	switch (entry.type) {
		case "ralph_cycle":
			if (entry.data.outcome === "pushed") return ["cycles", "pushed"];
			return entry.data.outcome === "discarded" ? ["cycles", "discarded"] : ["cycles"];
		case "change_landed":
			return ["landed"];
		case "change_rejected":
			return ["rejected"];
		case "change_reverted":
			return ["reverted"];
		case "bot_message":
			if (entry.data.direction === "out") return [];
			return entry.data.handled ? ["messages"] : ["messages", "unhandled"];
		case "alert":
			return ["alerts"];
		default:
			return [];
	}
}

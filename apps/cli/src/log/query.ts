/** From what was typed to what is looked for. Pure; everything wrong with it is said at once. */
import { type EntryType, entryTypes, isEntryType, parseDuration } from "@shopfloor/core";
import type { Filter } from "@shopfloor/core/io";
import { didYouMean } from "../did-you-mean.ts";
import type { LogOptions } from "./options.ts";

export type Query =
	| { readonly kind: "query"; readonly where: Filter; readonly count: number; readonly countGiven: boolean }
	| { readonly kind: "faults"; readonly faults: readonly string[] };

/** What fits on a screen or two. */
const countDefault = 50;
/** Who asks for a time wants all of it; past this it is asked for by number. */
const countSince = 1_000;

export function queryOf(options: LogOptions, nowMs: number): Query {
	const faults: string[] = [];
	const { type: types = [] } = options;
	for (const type of types.filter((word) => !isEntryType(word)))
		faults.push(`"${type}" is not a type of entry. ${didYouMean(type, entryTypes)}`);
	const since = options.since === undefined ? undefined : sinceMs(options.since, nowMs);
	if (since === "unclear")
		faults.push(
			`--since "${options.since}" is no time. Give a duration (90s, 2h, 1d) or an instant (08:30, 2026-01-31, 2026-01-31T08:30, 2026-01-31T08:30:00Z).`,
		);
	else if (since !== undefined && since > nowMs) faults.push(`--since "${options.since}" lies in the future.`);
	const count = options.count === undefined ? undefined : countOf(options.count);
	if (count === "unclear")
		faults.push(`-n "${options.count}" is no number of entries. Give a whole number, 0 or more.`);
	if (faults.length > 0 || since === "unclear" || count === "unclear") return { kind: "faults", faults };
	return {
		kind: "query",
		where: {
			...(types.length > 0 && { type: types as readonly EntryType[] }),
			...(options.by !== undefined && { by: options.by }),
			...(since !== undefined && { since: new Date(since).toISOString() }),
		},
		count: count ?? (since === undefined ? countDefault : countSince),
		countGiven: count !== undefined,
	};
}

function countOf(text: string): number | "unclear" {
	return /^\d{1,9}$/.test(text) ? Number(text) : "unclear";
}

const instantForm = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** Without a zone it is the person's own. */
function sinceMs(text: string, nowMs: number): number | "unclear" {
	const duration = parseDuration(text);
	if (duration !== undefined) return nowMs - duration;
	const clock = /^(\d\d?):(\d\d)$/.exec(text);
	if (clock !== null) return lastTimeAt(Number(clock[1]), Number(clock[2]), nowMs);
	if (!instantForm.test(text)) return "unclear";
	// A date alone would be read as UTC.
	const ms = Date.parse(text.length === 10 ? `${text}T00:00` : text);
	return Number.isNaN(ms) ? "unclear" : ms;
}

/** 23:30 asked for at 08:00 is yesterday's. */
function lastTimeAt(hour: number, minute: number, nowMs: number): number | "unclear" {
	if (hour > 23 || minute > 59) return "unclear";
	const day = new Date(nowMs);
	day.setHours(hour, minute, 0, 0);
	if (day.getTime() > nowMs) day.setDate(day.getDate() - 1);
	return day.getTime();
}

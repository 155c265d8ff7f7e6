/** The entries that were asked for, as lines. */
import { type Entry, oneLine } from "@shopfloor/core";
import { type FileFloor, matches } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { type Failure, misuse } from "../failure.ts";
import { jsonLine } from "../json.ts";
import { timesFor } from "../times.ts";
import { withFloor } from "../with-floor.ts";
import { entryLine } from "./entry-line.ts";
import type { LogOptions } from "./options.ts";
import { type Query, queryOf } from "./query.ts";
import { lastSince } from "./since.ts";

type Asked = Extract<Query, { kind: "query" }>;

export async function showLog(context: Context, options: LogOptions): Promise<void> {
	const query = queryOf(options, context.clock.now());
	if (query.kind === "faults") throw misuse(query.faults.join("\n"));
	const { moment } = timesFor(context.clock.now(), context.timeZone);
	const show = (entry: Entry) => context.say(options.json ? jsonLine(entry) : entryLine(entry, moment, context.paint));
	await withFloor(context, async (floor) => {
		const [newest] = await floor.log.last(1);
		const { count, where } = query;
		const { since } = where;
		const entries = await (since === undefined
			? floor.log.last(count, where)
			: lastSince(floor.log, count, { ...where, since }));
		for (const entry of entries) show(entry);
		// Whatever matches up to the later of the two was found.
		const shown = Math.max(newest?.seq ?? 0, entries.at(-1)?.seq ?? 0);
		if (options.follow) return await follow(context, floor, query, shown, show);
		await noteWhatIsMissing(context, floor, query, entries.length);
	});
}

async function follow(
	context: Context,
	floor: FileFloor,
	{ where: { since: _past, ...where } }: Asked,
	shown: number,
	show: (entry: Entry) => void,
): Promise<void> {
	const signal = context.interruption();
	// What comes is young, whatever the clock says.
	for await (const entry of floor.log.follow(shown + 1, signal)) if (matches(entry, where)) show(entry);
	context.endWith((signal.reason as Failure).exitCode);
}

/** An empty answer says why it is empty; one that was cut says so. */
async function noteWhatIsMissing(
	context: Context,
	floor: FileFloor,
	{ where, count, countGiven }: Asked,
	found: number,
): Promise<void> {
	if (found === 0 && count > 0) return context.note(await whyNothing(floor, where));
	if (!countGiven && where.since !== undefined && found === count)
		context.note(`these are the newest ${count}; -n shows more`);
}

async function whyNothing(floor: FileFloor, where: Asked["where"]): Promise<string> {
	const recent = await floor.log.last(recentMax);
	if (recent.length === 0) return "the log is empty: no process has written to it yet (npm start brings them up)";
	const writers = [...new Set(recent.map(({ by }) => oneLine(by)))];
	if (where.by !== undefined && !writers.includes(where.by))
		return `no entries by "${oneLine(where.by)}". Lately these have written: ${writers.join(", ")}`;
	return "no entries match";
}

/** How far back it looks for who writes at all. */
const recentMax = 200;

import type { Context } from "../context.ts";
import { misuse } from "../failure.ts";
import { jsonText } from "../json.ts";
import { queryOf } from "../log/query.ts";
import { lastSince } from "../log/since.ts";
import { withFloor } from "../with-floor.ts";
import type { ReportOptions } from "./options.ts";
import { reported, reportOf } from "./report.ts";
import { reportLines } from "./view.ts";

export async function showReport(context: Context, options: ReportOptions): Promise<void> {
	const nowMs = context.clock.now();
	const query = queryOf({ since: options.since ?? sinceDefault, type: reported }, nowMs);
	if (query.kind === "faults") throw misuse(query.faults.join("\n"));
	const { since = "" } = query.where;
	await withFloor(context, async (floor) => {
		const entries = await lastSince(floor.log, entriesMax, { ...query.where, since });
		const report = reportOf({
			since,
			at: new Date(nowMs).toISOString(),
			entries,
			isCut: entries.length >= entriesMax,
			tasks: (await floor.tasks.read()).value.tasks,
		});
		if (options.json) return context.say(jsonText(report));
		for (const line of reportLines(report, context.timeZone)) context.say(line);
	});
}

const sinceDefault = "24h";
/** A month of a busy factory, and as much as is held in memory at once. */
const entriesMax = 100_000;

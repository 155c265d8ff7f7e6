import type { Entry } from "@shopfloor/core";
import { currentState } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { jsonText } from "../json.ts";
import { takenSeats } from "../seats.ts";
import { configSight } from "../status/config-sight.ts";
import { widthOf } from "../width.ts";
import { withFloor } from "../with-floor.ts";
import { configuredSessions } from "./names.ts";
import type { SessionsOptions } from "./options.ts";
import { sessionSights } from "./sessions.ts";
import { sessionLines } from "./view.ts";

export async function showSessions(context: Context, options: SessionsOptions): Promise<void> {
	await withFloor(context, async (floor) => {
		const { clock, paint, timeZone, out } = context;
		const sights = sessionSights({
			state: await currentState(floor),
			seats: await takenSeats(floor),
			tasks: (await floor.tasks.read()).value.tasks,
			configured: configuredSessions(context),
			landed: bySession(await floor.log.last(landingsMax, { type: ["change_landed"] })),
			heartbeatMs: configSight(context).heartbeatMs,
			nowMs: clock.now(),
		});
		if (options.json) return context.say(jsonText(sights));
		const look = { paint, timeZone, width: widthOf(out), nowMs: clock.now() };
		for (const line of sessionLines(sights, look)) context.say(line);
	});
}

function bySession(entries: readonly Entry[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const entry of entries) {
		const session = entry.type === "change_landed" ? entry.data.session : undefined;
		if (session !== undefined) counts.set(session, (counts.get(session) ?? 0) + 1);
	}
	return counts;
}

/** More than a factory lands in a year of its life; older ones are not counted. */
const landingsMax = 20_000;

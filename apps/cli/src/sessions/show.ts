import { readSessions } from "@shopfloor/core/person";
import type { Context } from "../context.ts";
import { jsonText } from "../json.ts";
import { widthOf } from "../width.ts";
import { withFloor } from "../with-floor.ts";
import type { SessionsOptions } from "./options.ts";
import { sessionLines } from "./view.ts";

export async function showSessions(context: Context, options: SessionsOptions): Promise<void> {
	await withFloor(context, async (floor) => {
		const { clock, paint, timeZone, out, places } = context;
		const sights = await readSessions(floor, places.config, clock);
		if (options.json) return context.say(jsonText(sights));
		const look = { paint, timeZone, width: widthOf(out), nowMs: clock.now() };
		for (const line of sessionLines(sights, look)) context.say(line);
	});
}

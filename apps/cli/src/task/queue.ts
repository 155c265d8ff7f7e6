import { readQueue } from "@shopfloor/core/person";
import type { Context } from "../context.ts";
import { jsonText } from "../json.ts";
import { widthOf } from "../width.ts";
import { withFloor } from "../with-floor.ts";
import { queueLines } from "./queue-view.ts";

export async function showQueue(context: Context, options: { readonly json?: true }): Promise<void> {
	await withFloor(context, async (floor) => {
		const sight = await readQueue(floor);
		if (options.json) return context.say(jsonText(sight));
		const { paint, timeZone, out, clock } = context;
		for (const line of queueLines(sight, { paint, timeZone, width: widthOf(out), nowMs: clock.now() }))
			context.say(line);
	});
}

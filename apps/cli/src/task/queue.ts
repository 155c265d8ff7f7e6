import { currentState } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { jsonText } from "../json.ts";
import { widthOf } from "../width.ts";
import { withFloor } from "../with-floor.ts";
import { queueLines, queueSight } from "./queue-view.ts";
import { unheardRequests } from "./unheard.ts";

export async function showQueue(context: Context, options: { readonly json?: true }): Promise<void> {
	await withFloor(context, async (floor) => {
		const { tasks } = (await floor.tasks.read()).value;
		const { changes } = (await floor.reviews.read()).value;
		const { work } = await currentState(floor);
		const sight = queueSight(tasks, changes, work.approvals, await unheardRequests(floor, tasks));
		if (options.json) return context.say(jsonText(sight));
		const { paint, timeZone, out, clock } = context;
		for (const line of queueLines(sight, { paint, timeZone, width: widthOf(out), nowMs: clock.now() }))
			context.say(line);
	});
}

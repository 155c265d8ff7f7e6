import { readTask, taskNamed } from "@shopfloor/core/person";
import type { Context } from "../context.ts";
import { misuse } from "../failure.ts";
import { jsonText } from "../json.ts";
import { widthOf } from "../width.ts";
import { withFloor } from "../with-floor.ts";
import { unknownTask } from "./messages.ts";
import { taskLines } from "./task-view.ts";

export async function showTask(context: Context, word: string, options: { readonly json?: true }): Promise<void> {
	await withFloor(context, async (floor) => {
		const sight = await readTask(floor, word);
		const { tasks } = (await floor.tasks.read()).value;
		if (sight === undefined) throw misuse(unknownTask(taskNamed(word), tasks));
		if (options.json) return context.say(jsonText(sight));
		const { paint, timeZone, out, clock } = context;
		const look = { paint, timeZone, width: widthOf(out), nowMs: clock.now() };
		for (const line of taskLines(sight, tasks, look)) context.say(line);
	});
}

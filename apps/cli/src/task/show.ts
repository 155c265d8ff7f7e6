import type { Entry, FactoryState, Task } from "@shopfloor/core";
import { currentState } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { misuse } from "../failure.ts";
import { jsonText } from "../json.ts";
import { widthOf } from "../width.ts";
import { withFloor } from "../with-floor.ts";
import { unknownTask } from "./messages.ts";
import { storyOf } from "./story.ts";
import { requestSeqOf, taskNamed } from "./task-id.ts";
import { type TaskSight, taskLines } from "./task-view.ts";

export async function showTask(context: Context, word: string, options: { readonly json?: true }): Promise<void> {
	const id = taskNamed(word);
	await withFloor(context, async (floor) => {
		const { tasks } = (await floor.tasks.read()).value;
		const queued = tasks.find((task) => task.id === id);
		const asked = requestSeqOf(id);
		if (queued === undefined && asked === undefined) throw misuse(unknownTask(id, tasks));
		const story = storyOf(id);
		// Nothing is told of it before the entry that asked for it.
		for await (const entry of floor.log.read(asked ?? 1)) story.add(entry);
		const entries = story.entries();
		if (queued === undefined && entries.length === 0) throw misuse(unknownTask(id, tasks));
		const sight: TaskSight = {
			id,
			task: queued ?? null,
			request: requestIn(entries),
			cycle: cycleOn(id, await currentState(floor)),
			usd: story.usd(),
			calls: story.calls(),
			story: entries,
		};
		if (options.json) return context.say(jsonText(sight));
		const { paint, timeZone, out, clock } = context;
		const look = { paint, timeZone, width: widthOf(out), nowMs: clock.now() };
		for (const line of taskLines(sight, tasks, look)) context.say(line);
	});
}

function requestIn(entries: readonly Entry[]): TaskSight["request"] {
	const found = entries.find((entry) => entry.type === "task_requested");
	return found?.type === "task_requested" ? { ...found.data, by: found.by, at: found.ts } : null;
}

function cycleOn(task: Task["id"], { work }: FactoryState): TaskSight["cycle"] {
	const found = Object.entries(work.cycles).find(([, cycle]) => cycle.task === task);
	if (found === undefined) return null;
	const [session, { step, at, cycle }] = found;
	return { session, step, at, cycle };
}

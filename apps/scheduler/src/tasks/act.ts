/**
 * Carries out what was decided. A step is noted, then the queue is changed, then it is told: whoever dies in between
 * leaves either nothing, or a queue that its note belongs to and words that the next life says.
 */
import type { Task, TaskQueue } from "@shopfloor/core";
import { crashAt, ShopfloorError, type World, writeMayBegin } from "@shopfloor/core/io";
import type { Action } from "./decide.ts";
import { writeNote } from "./note.ts";
import { merged, type Step } from "./step.ts";

export async function act(world: World, action: Action): Promise<void> {
	switch (action.kind) {
		case "tell":
			await world.floor.log.append(action.drafts);
			return;
		case "step":
			return await take(world, action.step);
		case "publish":
			return await writeMayBegin(world.floor.records, action.mayBegin);
		case "cross-out":
			return await writeNote(world, { remembered: action.remembered, step: null });
		default:
			action satisfies never;
	}
}

async function take(world: World, step: Step): Promise<void> {
	const { revision, before, remembered, moved, gone, drafts } = step;
	await writeNote(world, { remembered: before, step: { revision, remembered, drafts } });
	crashAt("scheduler.step.noted");
	if (moved.length > 0 || gone.length > 0) await change(world, step);
	crashAt("scheduler.step.queued");
	if (drafts.length > 0) await world.floor.log.append(drafts);
	crashAt("scheduler.step.told");
}

async function change({ floor }: World, step: Step): Promise<void> {
	const { revision } = await floor.tasks.update((queue) => changed(queue, step));
	if (revision === step.revision) return;
	throw new ShopfloorError(
		"lock-lost",
		`the task queue has the revision ${revision} where ${step.revision} was expected: somebody else wrote it. What is in it is looked at again.`,
	);
}

function changed(queue: TaskQueue, { moved, gone }: Step): TaskQueue {
	return { tasks: merged(queue.tasks, { moved, gone }) as Task[] };
}

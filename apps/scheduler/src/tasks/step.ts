/** A change of the queue that is whole in itself, and what is told of it. */
import type { Draft, Task } from "@shopfloor/core";
import type { Remembered } from "./remembered.ts";

export interface Step {
	/** The queue's, after it. */
	readonly revision: number;
	readonly before: Remembered;
	readonly remembered: Remembered;
	/** As they are by now; new ones among them. */
	readonly moved: readonly Task[];
	/** Ids of those that leave the queue. */
	readonly gone: readonly string[];
	readonly drafts: readonly Draft[];
}

/** What a step is put together from. */
export interface Part extends Pick<Step, "moved" | "drafts" | "remembered"> {
	readonly gone?: readonly string[];
}

/** In the order of the queue, new ones at its end. */
export function merged(tasks: readonly Task[], { moved, gone = [] }: Pick<Part, "moved" | "gone">): readonly Task[] {
	if (moved.length === 0 && gone.length === 0) return tasks;
	const byId = new Map(moved.map((task) => [task.id, task]));
	const leave = new Set(gone);
	const stay = tasks.filter(({ id }) => !leave.has(id)).map((task) => byId.get(task.id) ?? task);
	const stood = new Set(tasks.map(({ id }) => id));
	return [...stay, ...moved.filter(({ id }) => !stood.has(id))];
}

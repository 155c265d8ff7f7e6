/** One task with its story, and all that are open: what a person is shown of them, as data. */
import type { DataOf, Entry } from "../../model/entry.ts";
import type { FactoryState } from "../../model/factory-state.ts";
import type { Change } from "../../model/review-queue.ts";
import type { Task } from "../../model/task-queue.ts";
import { isUndecided } from "../change/known-change.ts";
import { inOrder, isOpen, waitsFor } from "./statuses.ts";
import { taskIdOf } from "./task-id.ts";

export interface TaskSight {
	readonly id: string;
	/** Null where it is not in the queue: not taken up yet, or ended some time ago. */
	readonly task: Task | null;
	readonly request: (DataOf<"task_requested"> & { readonly by: string; readonly at: string }) | null;
	/** What is being done for it now. */
	readonly cycle: {
		readonly session: string;
		readonly step: string;
		readonly at: string;
		readonly cycle: number;
	} | null;
	readonly usd: number;
	readonly calls: number;
	/** Oldest first. */
	readonly story: readonly Entry[];
}

export function requestIn(entries: readonly Entry[]): TaskSight["request"] {
	const found = entries.find((entry) => entry.type === "task_requested");
	return found?.type === "task_requested" ? { ...found.data, by: found.by, at: found.ts } : null;
}

export function cycleOn(task: Task["id"], { work }: FactoryState): TaskSight["cycle"] {
	const found = Object.entries(work.cycles).find(([, cycle]) => cycle.task === task);
	if (found === undefined) return null;
	const [session, { step, at, cycle }] = found;
	return { session, step, at, cycle };
}

export interface QueueSight {
	/** Open ones, in the order in which they are shown. */
	readonly tasks: readonly (Task & { readonly waitsFor: readonly string[] })[];
	/** Not in the queue yet. */
	readonly asked: readonly Unheard[];
	/** Undecided ones, oldest first. */
	readonly changes: readonly Change[];
	/** Questions that wait for a person, by id. */
	readonly questions: FactoryState["work"]["approvals"];
}

export function queueSight(
	tasks: readonly Task[],
	changes: readonly Change[],
	questions: QueueSight["questions"],
	asked: readonly Unheard[] = [],
): QueueSight {
	const open = inOrder(tasks.filter(isOpen)).map((task) => ({ ...task, waitsFor: waitsFor(task, tasks) }));
	return { tasks: open, asked, changes: changes.filter(isUndecided), questions };
}

/** What was asked for, and the scheduler has not answered yet. */
export interface Unheard extends DataOf<"task_requested"> {
	readonly id: string;
}

export function unheardIn(entries: readonly Entry[], tasks: readonly Task[]): Unheard[] {
	const answered = new Set([
		...tasks.map(({ id }) => id),
		...entries.flatMap((entry) =>
			entry.type === "task_queued" || entry.type === "task_settled" ? [entry.data.task] : [],
		),
	]);
	return entries.flatMap((entry) => {
		if (entry.type !== "task_requested" || answered.has(taskIdOf(entry))) return [];
		return [{ id: taskIdOf(entry), ...entry.data }];
	});
}

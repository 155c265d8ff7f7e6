/** What a task's status means to a person, and in which order tasks are shown. */
import { toMs } from "../../model/instant.ts";
import type { Task } from "../../model/task-queue.ts";

type Status = Task["status"];

/** Those that are worked on first, those that ended last. */
const ranks: Readonly<Record<Status, number>> = {
	assigned: 0,
	pushed: 1,
	waiting: 2,
	"set-aside": 3,
	done: 4,
	refused: 5,
	cancelled: 6,
};

export const taskStatuses = Object.keys(ranks) as readonly Status[];

export function isOpen({ status }: Pick<Task, "status">): boolean {
	return ranks[status] < ranks.done;
}

/** Waiting ones as they will be handed out, ended ones newest first. */
export function inOrder(tasks: readonly Task[]): Task[] {
	return [...tasks].sort((a, b) => {
		if (a.status !== b.status) return ranks[a.status] - ranks[b.status];
		if (a.status === "waiting") return a.priority - b.priority || toMs(a.created) - toMs(b.created);
		return isOpen(a) ? toMs(a.changed) - toMs(b.changed) : toMs(b.changed) - toMs(a.changed);
	});
}

/** Tasks that it waits for. One that has left the queue has ended. */
export function waitsFor({ status, after = [] }: Task, tasks: readonly Task[]): string[] {
	if (status !== "waiting") return [];
	return after.filter((id) => tasks.some((task) => task.id === id && task.status !== "done"));
}

/** What was asked for, and the scheduler has not answered yet. */
import { type DataOf, type Entry, oneLine, type Task } from "@shopfloor/core";
import type { EventLog } from "@shopfloor/core/io";
import type { Paint } from "../paint.ts";
import { table } from "../table.ts";
import { taskIdOf } from "./task-id.ts";

export interface Unheard extends DataOf<"task_requested"> {
	readonly id: string;
}

export async function unheardRequests({ log }: { readonly log: EventLog }, tasks: readonly Task[]): Promise<Unheard[]> {
	return unheardIn(await log.last(entriesMax, { type: ["task_requested", "task_queued", "task_settled"] }), tasks);
}

/** Further back everything has been answered, or there are more than one looks at. */
const entriesMax = 500;

function unheardIn(entries: readonly Entry[], tasks: readonly Task[]): Unheard[] {
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

export function unheardLines(unheard: readonly Unheard[], paint: Paint, width: number): string[] {
	if (unheard.length === 0) return [];
	const rows = unheard.slice(-shownMax).map(({ id, title }) => [{ text: `  ${id}` }, { text: oneLine(title) }]);
	const left = unheard.length - rows.length;
	return [
		paint.yellow("Asked for, and not in the queue until the scheduler takes its next turn:"),
		...table(rows, width),
		...(left > 0 ? [`  and ${left} before them`] : []),
	];
}

const shownMax = 5;

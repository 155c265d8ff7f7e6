/** Tasks as rows. Pure. */
import { oneLine, type Task } from "@shopfloor/core";
import { waitsFor } from "@shopfloor/core/person";
import { counted } from "../counted.ts";
import { invocation } from "../examples.ts";
import type { Paint } from "../paint.ts";
import { type Cell, table } from "../table.ts";
import { timesFor } from "../times.ts";

export interface Look {
	readonly paint: Paint;
	readonly timeZone: string;
	readonly width: number;
	readonly nowMs: number;
}

/** `all` tells what the shown ones wait for. */
export function listLines(shown: readonly Task[], all: readonly Task[], look: Look): string[] {
	const { paint, width, timeZone, nowMs } = look;
	const times = timesFor(nowMs, timeZone);
	const head = ["task", "status", "prio", "for", "session", ""].map((text): Cell => ({ text, paint: paint.dim }));
	const rows = shown
		.slice(0, shownMax)
		.map((task): Cell[] => [
			{ text: oneLine(task.id) },
			{ text: task.status, paint: statusPaint(task.status, paint) },
			{ text: String(task.priority).padStart("prio".length) },
			{ text: times.age(task.changed).padStart(agesWidth) },
			{ text: oneLine(task.session ?? "-") },
			{ text: oneLine(titleOf(task, waitsFor(task, all))) },
		]);
	const left = shown.length - rows.length;
	return [...table([head, ...rows], width), ...(left > 0 ? [`and ${left} more; --json has all of them`] : [])];
}

/** With what keeps it. */
export function titleOf(task: Task, waits: readonly string[]): string {
	if (waits.length > 0) return `${task.title} (after ${waits.join(", ")})`;
	const isTelling = task.reason !== undefined && ["set-aside", "refused", "cancelled"].includes(task.status);
	return isTelling ? `${task.title}: ${task.reason}` : task.title;
}

export function statusPaint(status: Task["status"], paint: Paint): (text: string) => string {
	const paints: Record<Task["status"], (text: string) => string> = {
		waiting: String,
		assigned: paint.cyan,
		pushed: paint.cyan,
		"set-aside": paint.yellow,
		done: paint.green,
		refused: paint.red,
		cancelled: paint.dim,
	};
	return paints[status];
}

/** An empty list says why. */
export function nothingListed(all: readonly Task[], status: Task["status"] | undefined): string {
	if (all.length === 0)
		return `No tasks. ${invocation} task add "<title>" asks for one; a session without a task looks for something small itself.`;
	if (status !== undefined) return `No task is ${status}.`;
	return `No task is open; ${counted(all.length, "has", "have")} ended: ${invocation} task ls --all`;
}

/** A screenful or two; who looks for others narrows it down. */
const shownMax = 100;
/** `2d04h` */
const agesWidth = 5;

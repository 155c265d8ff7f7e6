/** Every sentence that the scheduler says of tasks, and of those who are given them. */
import { type DataOf, showBytes, showUsd, type Task } from "@shopfloor/core";
import type { Machine } from "../machine.ts";
import { sentence } from "./attempt.ts";
import type { HoldKind } from "./remembered.ts";

type Alert = DataOf<"alert">;
type Order = DataOf<"task_order">["order"];

interface Hours {
	readonly from: string;
	readonly to: string;
}

export const blank = "a task needs a title";

export const waitsForItself = "a task cannot wait for itself";

export function backslash(file: string): string {
	return `${JSON.stringify(file)} has a backslash; folders are parted by /`;
}

export function outside(file: string): string {
	return `${JSON.stringify(file)} is not a path inside of the repository`;
}

export function sameKey(task: Task): string {
	return `it was asked for before, with the same key: ${named(task)}, ${statusOf(task)}`;
}

export function askedAlready(task: Task): string {
	return `it is asked for already: ${named(task)}, ${statusOf(task)}`;
}

export function unknownTask(id: string): string {
	return `it is to wait for ${id}, and there is no such task`;
}

export function neverDone(task: Task): string {
	return `it is to wait for ${named(task)}, ${statusOf(task)}`;
}

export function full(tasksMax: number): string {
	return `the queue is full: ${tasksMax} tasks stand in it. Ask again when some are done, or cancel some`;
}

export function orderUnknown(id: string): string {
	return `there is no task ${id} in the queue`;
}

export function cannotOrder(order: Order, task: Task): string {
	const instead = order === "retry" && task.status === "cancelled" ? ". Ask for it anew" : "";
	return `${named(task)}, ${statusOf(task)}, cannot be ${order === "retry" ? "tried again" : "cancelled"}${instead}`;
}

/** Others make a sentence of it: "the task was cancelled by …". */
export function cancelled(by: string, why: string | undefined): string {
	return sentence(why === undefined ? `cancelled by ${by}` : `cancelled by ${by}: ${why}`);
}

export function landed(commit: string): string {
	return `landed as ${commit.slice(0, 12)}`;
}

export const wasLanded = "its change has landed";

export const lostChange = "its change is not in review any more, and did not land";

export function notConfigured(session: string): string {
	return `${session} is not configured any more`;
}

export function gone(session: string): string {
	return `${session} is gone, and nobody has started it again`;
}

export function heldBack(
	session: string,
	{ kind, reason }: { readonly kind: "pause" | "stop"; readonly reason: string },
) {
	return sentence(`${session} is ${kind === "stop" ? "stopped" : "paused"}: ${reason}`);
}

export function waitsForNothing(id: string): string {
	return `it waits for ${id}, which will not be done`;
}

export function budgetSpent({ capUsd, spentUsd }: DataOf<"budget_reached">): string {
	return `what may be spent on one task (budget.perTask, ${showUsd(capUsd)}) leaves no room: ${showUsd(spentUsd)} are spent on it`;
}

export function memoryOut(session: string, { memory }: Machine, memoryStop: number): Alert {
	return {
		code: "memory-out",
		severity: "error",
		subject: session,
		message: `${percent(memory.usedShare)} of the memory is in use (${showBytes(memory.limitBytes)}, ${whose(memory)}); above ${percent(memoryStop)} the agent that began last is stopped: ${session}, for two minutes. Its task goes back.`,
	};
}

export function memoryTight({ memory, memoryPressure, swapFreeShare }: Machine, memoryShare: number): Alert {
	const more = [
		...(memoryPressure === null || memoryPressure < 0.01
			? []
			: [`programs wait for it ${percent(memoryPressure)} of the time`]),
		...(swapFreeShare === null ? [] : [`${percent(swapFreeShare)} of the swap is free`]),
	];
	return {
		code: "memory-tight",
		severity: "warning",
		message: `${[`${percent(memory.usedShare)} of the memory is in use (${showBytes(memory.limitBytes)}, ${whose(memory)})`, ...more].join(", ")}; the mark is ${percent(memoryShare)}. No task is handed out until it falls.`,
	};
}

export function noRoom({ memory }: Machine, memoryShare: number, footprintBytes: number): Alert {
	const freeBytes = Math.max(0, memory.limitBytes * memoryShare - memory.usedBytes);
	return {
		code: "memory-short",
		severity: "note",
		message: `${showBytes(freeBytes)} of memory are free below the mark of ${percent(memoryShare)}, and an agent takes up to ${showBytes(footprintBytes)}. No task is handed out until there is room.`,
	};
}

export function quietHours({ from, to }: Hours): Alert {
	return {
		code: "quiet-hours",
		severity: "note",
		message: `from ${from} to ${to} no task is handed out; what is under way goes on`,
	};
}

/** Without numbers: what is published changes only when the answer does. */
export function mayNotBegin(kind: HoldKind, memoryShare: number, quiet: Hours | undefined): string {
	switch (kind) {
		case "memory":
			return `memory is tight; the mark is ${percent(memoryShare)}`;
		case "room":
			return `the memory below the mark of ${percent(memoryShare)} does not take another agent`;
		case "quiet":
			return quiet === undefined ? "quiet hours" : `quiet hours from ${quiet.from} to ${quiet.to}`;
		case "unserved":
			return "no agent that codes can be called";
	}
}

export function fewerActive(of: string, bad: number): Alert {
	return active(`${of} sessions are given tasks, one fewer: ${bad} of the last 20 came to nothing`);
}

export function moreActive(of: string, bad: number): Alert {
	return active(`${of} sessions are given tasks, one more: only ${bad} of the last 20 came to nothing`);
}

export function foundTrouble(of: string, resting: readonly string[]): Alert {
	return active(`${of} sessions are given tasks: the doctor found that ${resting.join(" and ")} cannot get on`);
}

export function scaled(scale: number | null, sessions: number): string {
	if (scale === null) return "how many sessions are given tasks follows from how much of their work lands";
	const more = scale > sessions ? ` (${sessions} are configured)` : "";
	return `${Math.min(scale, sessions)} of ${sessions} sessions are given tasks, until somebody says otherwise${more}`;
}

export function scaleRefused(word: string): string {
	return `${JSON.stringify(word.slice(0, 80))} is no number of sessions: 0 to 99, or auto`;
}

function active(message: string): Alert {
	return { code: "sessions-active", severity: "note", message };
}

function named({ id, title }: Task): string {
	return `${id} "${title}"`;
}

function statusOf({ status, session }: Task): string {
	switch (status) {
		case "waiting":
			return "which waits";
		case "assigned":
			return `which ${session ?? "a session"} works on`;
		case "pushed":
			return "which is in review";
		case "set-aside":
			return "which is set aside";
		default:
			return `which is ${status}`;
	}
}

function whose({ boundBy }: Machine["memory"]): string {
	return boundBy === "cgroup" ? "this container's limit" : "this machine";
}

function percent(share: number): string {
	return `${Math.round(share * 100)} %`;
}

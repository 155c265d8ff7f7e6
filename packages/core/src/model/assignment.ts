/** Who is given which task. Pure, and the same whatever the order of the queue. */
import { claimsOf, meets } from "./claims.ts";
import type { Task } from "./task-queue.ts";

export interface Openings {
	readonly tasks: readonly Task[];
	/** Sessions that can begin at once, the one that is to be served first in front. */
	readonly free: readonly string[];
	/** Those that may be free before long: whoever is free, and whoever has something in hand. */
	readonly able: readonly string[];
	/** Files that are spoken for. */
	readonly claimed: readonly string[];
	/** No more than so many are given at once. */
	readonly most: number;
}

export interface Assignment {
	readonly task: string;
	readonly session: string;
}

/**
 * The most urgent first, then the oldest. A task is passed over while it waits for another, while somebody works on its
 * files, and while all who are free have failed at it and somebody who is able has not.
 */
export function assignmentsOf({ tasks, free, able, claimed, most }: Openings): Assignment[] {
	const done = new Set(tasks.filter(({ status }) => status === "done").map(({ id }) => id));
	const held = tasks.filter(({ status }) => status === "assigned");
	const idle = free.filter((name) => !held.some(({ session }) => session === name));
	const taken = [...claimed, ...held.flatMap(({ files }) => files)];
	let claims = claimsOf(taken);
	const given: Assignment[] = [];
	for (const { id, after = [], failedBy, files } of tasks.filter(isWaiting).sort(inOrder)) {
		if (idle.length === 0 || given.length >= most) break;
		const session = whoTries(failedBy, idle, able);
		const isHeldUp = after.some((other) => !done.has(other)) || files.some((file) => meets(claims, file));
		if (session === undefined || isHeldUp) continue;
		given.push({ task: id, session });
		idle.splice(idle.indexOf(session), 1);
		taken.push(...files);
		claims = claimsOf(taken);
	}
	return given;
}

/** Somebody else than who failed at it; where all have, the one of them whose failure is the oldest. */
function whoTries(failedBy: readonly string[], idle: readonly string[], able: readonly string[]): string | undefined {
	const fresh = idle.find((name) => !failedBy.includes(name));
	const haveAllFailed = able.every((name) => failedBy.includes(name));
	return fresh ?? (haveAllFailed ? failedBy.find((name) => idle.includes(name)) : undefined);
}

/** 1. the most urgent, 2. the oldest, 3. who asked first in the same millisecond. */
function inOrder(one: Task, other: Task): number {
	return (
		one.priority - other.priority ||
		compare(one.created, other.created) ||
		numberOf(one) - numberOf(other) ||
		compare(one.id, other.id)
	);
}

function isWaiting({ status }: Task): boolean {
	return status === "waiting";
}

function compare(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}

/** `t-17` was asked for by entry 17. */
function numberOf({ id }: Task): number {
	return Number(id.slice(2));
}

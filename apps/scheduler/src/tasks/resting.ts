/** Who is left alone for a while, and which task, because work did not even begin, or was cut off. Pure. */
import { own, type Task, toMs } from "@shopfloor/core";
import type { Remembered, Rest } from "./remembered.ts";

/** Long enough that a session that cannot work costs a few lines a day, short enough that a mended one is soon at work. */
const firstRestMs = 15_000;
const longestRestMs = 15 * 60_000;
/** A task rests longer than who gave it back, who is then free for what stands behind it. */
const longerForTasks = 2;

export interface Bounce {
	readonly session: string;
	/** That it gave back. */
	readonly task: Task | undefined;
	readonly at: string;
}

export function bounced(remembered: Remembered, { session, task, at }: Bounce): Remembered {
	const { resting } = remembered;
	const ofTask =
		task === undefined ? {} : { [task.id]: { ...longer(own(resting, task.id), at, longerForTasks), session } };
	return { ...remembered, resting: { ...resting, [session]: longer(own(resting, session), at, 1), ...ofTask } };
}

function longer(before: Rest | undefined, at: string, times: number): Rest {
	const inARow = (before?.inARow ?? 0) + 1;
	const forMs = times * Math.min(longestRestMs, firstRestMs * 2 ** (inARow - 1));
	return { inARow, untilMs: toMs(at) + forMs };
}

export function isResting({ resting }: Remembered, name: string, nowMs: number): boolean {
	const forMs = (own(resting, name)?.untilMs ?? 0) - nowMs;
	// On a clock that was set back the rest would last until it has caught up.
	return forMs > 0 && forMs <= longestRestMs * longerForTasks;
}

/** They work again, or are to be tried anew. */
export function rested(
	remembered: Remembered,
	isOver: (rest: { readonly name: string; readonly session: string | undefined }) => boolean,
): Remembered {
	const kept = Object.entries(remembered.resting).filter(([name, { session }]) => !isOver({ name, session }));
	return kept.length === Object.keys(remembered.resting).length
		? remembered
		: { ...remembered, resting: Object.fromEntries(kept) };
}

/** A death in the middle is rarely the task's fault; from the third on it may be. */
const deathsForgiven = 2;

export function interruptedAgain(
	remembered: Remembered,
	task: Task,
): { readonly remembered: Remembered; readonly isForgiven: boolean } {
	const before = remembered.interrupted ?? {};
	const deaths = (own(before, task.id) ?? 0) + 1;
	return {
		remembered: { ...remembered, interrupted: { ...before, [task.id]: deaths } },
		isForgiven: deaths <= deathsForgiven,
	};
}

/** Nothing is held against these tasks any more: they are tried anew, or are ended. */
export function forgotten(remembered: Remembered, isOver: (task: string) => boolean): Remembered {
	const { interrupted = {} } = remembered;
	const kept = Object.entries(interrupted).filter(([task]) => !isOver(task));
	const next = rested(remembered, ({ name, session }) => session !== undefined && isOver(name));
	return kept.length === Object.keys(interrupted).length ? next : { ...next, interrupted: Object.fromEntries(kept) };
}

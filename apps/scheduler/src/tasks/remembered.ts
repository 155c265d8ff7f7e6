/** What the scheduler remembers of the queue between turns and between lives, and what it is in the middle of. */
import type { Draft, Seq } from "@shopfloor/core";

export interface Remembered {
	/** How far what others said stands in the queue. */
	readonly handled: Seq;
	/** Up to here it is read from the log; whatever comes after that wakes the scheduler. */
	readonly behind: Seq;
	/** Sessions that gave a task back, or met a limit, and those tasks, by id: they are left alone for a while. */
	readonly resting: Readonly<Record<string, Rest>>;
	/** By task: how many of its cycles were cut off by a death. */
	readonly interrupted?: Readonly<Record<string, number>>;
	/** How the last work was decided, the newest last: `+` landed, `-` discarded or rejected. */
	readonly decided: string;
	/** By how many fewer sessions are given tasks because of that. */
	readonly fewer: number;
	/** How many sessions a person wants to be given tasks. */
	readonly scale: number | null;
	/** Sessions that rest because of what the doctor found. */
	readonly found: readonly string[];
	/** Why nothing is handed out, as it was told. */
	readonly held: HoldKind | null;
	/** When an agent was stopped last, because memory ran out. */
	readonly stoppedMs: number;
}

/** Longer with every time in a row. */
export interface Rest {
	readonly inARow: number;
	readonly untilMs: number;
	/** Of a task: who gave it back. */
	readonly session?: string;
}

export type HoldKind = "memory" | "quiet" | "unserved" | "room";

/**
 * Written before the queue, and crossed out after the log was told. Nobody else writes the queue, so its revision shows
 * whether the step was taken: a life that ended in between is gone on with, or nothing of it happened.
 */
export interface Note {
	readonly remembered: Remembered;
	readonly step: {
		/** The queue's, once the step is taken. */
		readonly revision: number;
		readonly remembered: Remembered;
		readonly drafts: readonly Draft[];
	} | null;
}

export function atFirst(seq: Seq): Remembered {
	return {
		handled: 0,
		behind: seq,
		resting: {},
		decided: "",
		fewer: 0,
		scale: null,
		found: [],
		held: null,
		stoppedMs: 0,
	};
}

/** What holds by now, and what has still to be told. */
export function standing(
	{ remembered, step }: Note,
	revision: number,
): { readonly remembered: Remembered; readonly untold: readonly Draft[] } {
	return step !== null && revision >= step.revision
		? { remembered: step.remembered, untold: step.drafts }
		: { remembered, untold: [] };
}

/** In which order changes go into a batch. What comes later has to live with what came before. */
import type { LandingChange } from "./change.ts";

export interface ChangeFacts {
	readonly change: LandingChange;
	/** Commits of the base that it does not know. */
	readonly behind: number;
	/** Lines added and removed. */
	readonly lines: number;
	readonly files: readonly string[];
	/** It changes how the others are measured. */
	readonly alone: boolean;
	/** How many of the others it cannot be merged with. */
	readonly conflicts: number;
}

/** A total order: the same changes always go the same way. */
export function landingOrder(one: ChangeFacts, other: ChangeFacts): number {
	return (
		// 1. Who gets on with the others: one that conflicts with three would turn three away.
		one.conflicts - other.conflicts ||
		// 2. Who knows the base best: the least was changed under it since it was checked.
		one.behind - other.behind ||
		// 3. Who waits longest.
		one.change.created - other.change.created ||
		// 4. The smaller one: if it is a culprit, less has to be looked at.
		one.lines - other.lines ||
		(one.change.id < other.change.id ? -1 : Number(one.change.id > other.change.id))
	);
}

/**
 * How many changes are checked together. One check for many saves the more, the fewer of them are bad; with a fifth bad,
 * a batch costs as much as one by one.
 */
export function batchSize(recentlyBad: { readonly bad: number; readonly of: number }): number {
	const { bad, of } = recentlyBad;
	// Of a few decisions little can be learned: as if one in twenty had been bad before.
	const share = (bad + 1) / (of + 20);
	if (share >= 0.2) return 1;
	return Math.max(2, Math.min(batchMax, Math.round(0.8 / share)));
}

/** A larger one is rarely green, and takes long to find the culprits of. */
const batchMax = 16;

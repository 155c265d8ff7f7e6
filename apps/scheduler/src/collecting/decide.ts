/** When it is time to give back what nobody uses, and what of it is worth a word. Pure. */
import type { DataOf } from "@shopfloor/core";
import { cannotCollect, collected, type Gone } from "../messages.ts";

export interface Sight {
	readonly nowMs: number;
	/** When it was done last. */
	readonly lastMs: number;
	/** A cycle, a call, a review or a landing is under way. */
	readonly isAtWork: boolean;
}

const dayMs = 24 * 60 * 60_000;
/** Where somebody is always at work it is done all the same: it then leaves more lying about. */
const latestMs = 1.5 * dayMs;

export function isDue({ nowMs, lastMs, isAtWork }: Sight): boolean {
	// A clock that was set back must not put it off until it has caught up.
	const sinceMs = lastMs > nowMs ? latestMs : nowMs - lastMs;
	return sinceMs >= (isAtWork ? latestMs : dayMs);
}

export type Came =
	| { readonly kind: "collected"; readonly gone: Gone }
	| { readonly kind: "failed"; readonly why: string };

/** That the store was packed is nothing that a person could miss. */
export function alertOf(came: Came): DataOf<"alert"> | undefined {
	if (came.kind === "failed") return cannotCollect(came.why);
	const { removed, dropped, installations } = came.gone;
	return removed.length + dropped + installations.length === 0 ? undefined : collected(came.gone);
}

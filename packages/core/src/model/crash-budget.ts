/**
 * PM2 restarts what dies and cannot be trusted to stop doing so (its own counter rarely triggers), so the factory
 * counts for itself: so many crashes within the window, then the process parks and a person is told.
 */
interface CrashBudget {
	readonly crashes: number;
	readonly windowMs: number;
}

export type Verdict =
	| { readonly kind: "start"; readonly crashes: number }
	| { readonly kind: "park"; readonly crashes: number };

/** `crashTimesMs` are the crashes since the process was last parked, the one just found included. */
export function afterCrash(budget: CrashBudget, crashTimesMs: readonly number[], nowMs: number): Verdict {
	const crashes = crashTimesMs.filter((at) => nowMs - at <= budget.windowMs).length;
	return { kind: crashes >= budget.crashes ? "park" : "start", crashes };
}

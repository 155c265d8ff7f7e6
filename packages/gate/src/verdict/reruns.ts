import type { CheckOutcome } from "../checks/check.ts";

/** What came of running files of failing tests again, run by run. */
export interface Reruns {
	readonly base: readonly CheckOutcome[];
	readonly head: readonly CheckOutcome[];
}

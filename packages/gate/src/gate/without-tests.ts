import type { CheckOutcome } from "../checks/check.ts";

/** A base's outcome as if it had never had these tests: nobody misses them. */
export function withoutTests(outcome: CheckOutcome, givenUp: readonly string[] = []): CheckOutcome {
	if (outcome.kind !== "ran" || givenUp.length === 0) return outcome;
	const gone = new Set(givenUp);
	return { ...outcome, tests: outcome.tests.filter(({ id }) => !gone.has(id)) };
}

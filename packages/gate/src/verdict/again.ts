/** What running it again shows of one failing test, and what is remembered of it on the base. */
import type { CheckOutcome, TestResult, TestState } from "../checks/check.ts";
import type { Comparison } from "./comparison.ts";
import type { Again } from "./fault.ts";
import { isFlake, isKnownFlake, isQuarantined, noHistory } from "./test-history.ts";

/** `before` is the same test as it is on the base, under the name that it has there. */
export function againOf(
	{ id }: TestResult,
	before: TestResult,
	{ reruns, memory }: Pick<Comparison, "reruns" | "memory">,
): Again {
	const { history, nowMs } = memory ?? { history: noHistory, nowMs: 0 };
	const there = (reruns?.base ?? []).map((outcome) => stateIn(outcome, before.id));
	return {
		head: (reruns?.head ?? []).map((outcome) => stateIn(outcome, id) === "passed"),
		base: there.filter((state) => state === "passed" || state === "failed").map((state) => state === "passed"),
		knownFlake: isFlake([before.state, ...there]) || isKnownFlake(history, before.id, nowMs),
		quarantined: isQuarantined(history, before.id, nowMs),
	};
}

/** Undefined where the run came to nothing or the test is not in it. */
export function stateIn(outcome: CheckOutcome, id: string): TestState | undefined {
	return outcome.kind === "broken" ? undefined : outcome.tests.find((test) => test.id === id)?.state;
}

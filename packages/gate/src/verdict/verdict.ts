/** The comparison of a tree with its base, and the one place in which it becomes a word. */
import type { Broken, CheckError, TestResult, TestState } from "../checks/check.ts";

/** `unknown` never passes: something could not be measured. */
export type Overall = "worse" | "same" | "better" | "unknown";

/** Whose a failure is: the change's, the base's, or nobody's. */
export type Fault = "mine" | "base" | "flake";

export interface Verdict {
	readonly overall: Overall;
	/** Why it is unknown. */
	readonly unmeasured: readonly { readonly side: "base" | "head"; readonly why: Broken }[];
	readonly errors: {
		readonly before: number;
		readonly after: number;
		readonly new: readonly CheckError[];
		readonly fixed: readonly CheckError[];
	};
	readonly tests: {
		/** Fail, and did not fail on the base. */
		readonly broken: readonly Failure[];
		readonly repaired: readonly TestResult[];
		/** Passed on the base, and are gone or do not run any more. */
		readonly vanished: readonly Vanished[];
		readonly new: readonly TestResult[];
		readonly stillFailing: readonly TestResult[];
		/** Ids of those that passed and failed on the same tree. */
		readonly flakes: readonly string[];
	};
	/** Only some tests were run: then nothing is said about those that were not. */
	readonly part: boolean;
}

export interface Failure {
	readonly test: TestResult;
	readonly was: TestState | "absent";
	readonly fault: Fault;
	/** A flake of the base that fails often. */
	readonly quarantined: boolean;
}

export interface Vanished {
	/** As it was on the base. */
	readonly test: TestResult;
	readonly now: "gone" | "skipped" | "todo";
}

export function overallOf({ unmeasured, errors, tests }: Omit<Verdict, "overall">): Overall {
	if (unmeasured.length > 0) return "unknown";
	if (errors.after > errors.before || errors.new.length > 0) return "worse";
	if (tests.vanished.length > 0 || tests.broken.some(isCharged)) return "worse";
	return errors.fixed.length > 0 || tests.repaired.length > 0 ? "better" : "same";
}

export function isCharged({ fault }: Failure): boolean {
	return fault === "mine";
}

/** Of several checks: one that is worse makes all worse, one that is unknown leaves nothing known. */
export function togetherOf(verdicts: readonly Pick<Verdict, "overall">[]): Overall {
	const order = ["worse", "unknown", "better", "same"] as const;
	// Without checks nothing was measured.
	return order.find((each) => verdicts.some(({ overall }) => overall === each)) ?? "unknown";
}

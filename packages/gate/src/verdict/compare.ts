/** What a change did to the results of a check. Values in, values out; the order of errors and tests means nothing. */
import type { CheckError, CheckOutcome, Ran, TestResult, TestState } from "../checks/check.ts";
import { againOf, stateIn } from "./again.ts";
import { type Comparison, wasRun } from "./comparison.ts";
import { faultOf } from "./fault.ts";
import { formerTests, renamed } from "./renames.ts";
import { type Failure, overallOf, type Vanished, type Verdict } from "./verdict.ts";

export function compare(comparison: Comparison): Verdict {
	const { base, head, part = false } = comparison;
	const verdict =
		base.kind === "ran" && head.kind === "ran" ? compared(comparison, base, head) : unmeasured(comparison);
	return { overall: overallOf({ ...verdict, part: part !== false }), ...verdict, part: part !== false };
}

type Compared = Omit<Verdict, "overall" | "part">;

function unmeasured({ base, head }: Comparison): Compared {
	const sides = [
		["base", base],
		["head", head],
	] as const;
	return {
		unmeasured: sides.flatMap(([side, why]) => (why.kind === "broken" ? [{ side, why }] : [])),
		errors: { before: countOf(base), after: countOf(head), new: [], fixed: [] },
		tests: { broken: [], repaired: [], vanished: [], new: [], stillFailing: [], flakes: [] },
	};
}

function countOf(outcome: CheckOutcome): number {
	return outcome.kind === "ran" ? outcome.errors.length : 0;
}

function compared(comparison: Comparison, baseAsItWas: Ran, head: Ran): Compared {
	const { renames = {} } = comparison;
	const base = renamed(baseAsItWas, renames);
	const former = formerTests(baseAsItWas, renames);
	const before = new Map(base.tests.map((test) => [test.id, asItCan(test, former.get(test.id), comparison)]));
	const tests = [...head.tests].sort(byId);
	const now = new Map(tests.map((test) => [test.id, test]));
	const wasOf = ({ id }: TestResult): TestState | "absent" => before.get(id)?.state ?? "absent";
	const failing = tests.filter(({ state }) => state === "failed");
	const broken = failing
		.filter((test) => wasOf(test) !== "failed")
		.map((test) => failureOf(test, wasOf(test), former.get(test.id), comparison));
	return {
		unmeasured: [],
		errors: errorsOf(base.errors, head.errors, isPart(comparison)),
		tests: {
			broken,
			repaired: tests.filter((test) => test.state === "passed" && wasOf(test) === "failed"),
			vanished: vanished(
				[...before.values()].filter((test) => wasRun(test, comparison)),
				now,
			),
			new: tests.filter((test) => wasOf(test) === "absent"),
			stillFailing: failing.filter((test) => wasOf(test) === "failed"),
			flakes: broken.filter(({ fault }) => fault === "flake").map(({ test }) => test.id),
		},
	};
}

function isPart({ part = false }: Comparison): boolean {
	return part !== false;
}

/**
 * What failed on the base and passed there when it was run again does not fail there: nobody else may fail it for good, or
 * take it away.
 */
function asItCan(test: TestResult, former: TestResult | undefined, { reruns }: Comparison): TestResult {
	if (test.state !== "failed" || former === undefined) return test;
	const passes = (reruns?.base ?? []).some((outcome) => stateIn(outcome, former.id) === "passed");
	return passes ? { ...test, state: "passed" } : test;
}

function failureOf(
	test: TestResult,
	was: TestState | "absent",
	former: TestResult | undefined,
	comparison: Comparison,
): Failure {
	// One that comes with the change, or that the change switched on, has no past that could excuse it.
	if (was !== "passed" || former === undefined) return { test, was, fault: "mine", quarantined: false };
	const again = againOf(test, former, comparison);
	return { test, was, fault: faultOf(again), quarantined: again.quarantined };
}

function vanished(base: readonly TestResult[], now: ReadonlyMap<string, TestResult>): Vanished[] {
	return [...base].sort(byId).flatMap((test): Vanished[] => {
		const state = now.get(test.id)?.state;
		if (test.state !== "passed" || state === "passed" || state === "failed") return [];
		return [{ test, now: state ?? "gone" }];
	});
}

function errorsOf(base: readonly CheckError[], head: readonly CheckError[], part: boolean): Verdict["errors"] {
	const after = new Set(head.map(({ key }) => key));
	// Errors of files that were not looked at are not fixed.
	const before = part ? base.filter(({ key }) => after.has(key)) : base;
	return {
		before: before.length,
		after: head.length,
		new: beyond(head, before),
		fixed: part ? [] : beyond(before, head),
	};
}

/** Those that one list has more often than the other, by their keys: of equal ones the last. */
function beyond(these: readonly CheckError[], those: readonly CheckError[]): CheckError[] {
	const left = new Map<string, number>();
	for (const { key } of those) left.set(key, (left.get(key) ?? 0) + 1);
	return [...these].sort(byKey).filter(({ key }) => {
		const count = left.get(key) ?? 0;
		left.set(key, count - 1);
		return count <= 0;
	});
}

function byKey(one: CheckError, other: CheckError): number {
	return ordered(one.key, other.key) || (one.line ?? 0) - (other.line ?? 0);
}

function byId(one: TestResult, other: TestResult): number {
	return ordered(one.id, other.id);
}

function ordered(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * Which test files to run again before anybody is blamed, or excused by a failure of the base. Equally often on both
 * trees, and never until it is green. Whole files and not single tests: one that leans on the tests before it would fail
 * alone on the base as well, and a change that breaks it would go free.
 */
import type { Ran, TestResult } from "../checks/check.ts";
import { againOf } from "./again.ts";
import { type Comparison, wasRun } from "./comparison.ts";
import { isOpen } from "./fault.ts";
import { formerTests, renamed } from "./renames.ts";
import { failsSteadily, noHistory } from "./test-history.ts";

export interface RerunPlan {
	/** Relative to the tree; of a runner that names no files the empty name, for which it runs everything. */
	readonly files: readonly string[];
	/** Where the same tests are on the base, under its names. */
	readonly baseFiles: readonly string[];
}

/** Undefined when there is nothing to find out. */
export function decideReruns(comparison: Comparison): RerunPlan | undefined {
	const { base, head } = comparison;
	if (base.kind === "broken" || head.kind === "broken") return undefined;
	const suspects = new Map<string, string[]>();
	for (const [{ file }, before] of failingTests(base, head, comparison))
		suspects.set(file, [...(suspects.get(file) ?? []), before.file]);
	// A flake is mostly alone in its file; files that are broken through and through come last, and may fall off.
	const first = ([one, ones]: [string, string[]], [other, others]: [string, string[]]) =>
		ones.length - others.length || (one < other ? -1 : 1);
	const chosen = [...suspects].sort(first).slice(0, filesMax);
	const missed = missedTests(base, head, comparison).slice(0, filesMax);
	const baseFiles = [...new Set([...chosen.flatMap(([, files]) => files), ...missed.map(({ file }) => file)])];
	return baseFiles.length === 0 ? undefined : { files: chosen.map(([file]) => file), baseFiles };
}

/** Whether these runs are to go on. */
export function decideMore({ files }: RerunPlan, comparison: Comparison): boolean {
	const { base, head, reruns } = comparison;
	const times = reruns?.base.length ?? 0;
	if (times < timesAtLeast) return true;
	if (times >= timesAtMost || base.kind === "broken" || head.kind === "broken") return false;
	return failingTests(base, head, comparison).some(
		([test, before]) => files.includes(test.file) && isOpen(againOf(test, before, comparison)),
	);
}

/** A flake that fails one time in ten is found out with certainty enough, and four short runs are cheap. */
const timesAtLeast = 2;
/** One that fails every other time fails as often in a row in one change of a hundred. */
const timesAtMost = 6;
/** More at once are no flakes; what is not run again is the change's. */
const filesMax = 20;

/** Those of the head that have a past, each with it. */
function failingTests(
	base: Ran,
	head: Ran,
	{ renames = {}, memory }: Comparison,
): (readonly [TestResult, TestResult])[] {
	const former = formerTests(base, renames);
	return head.tests.flatMap((test) => {
		const before = test.state === "failed" ? former.get(test.id) : undefined;
		return before !== undefined && (before.state === "passed" || mayPass(before, memory))
			? [[test, before] as const]
			: [];
	});
}

/** Failed on the base, and do not run any more: if one failed there by chance, it is missed. */
function missedTests(base: Ran, head: Ran, comparison: Comparison): TestResult[] {
	const { renames = {}, memory } = comparison;
	const ran = new Set(head.tests.filter(({ state }) => state === "passed" || state === "failed").map(({ id }) => id));
	const former = formerTests(base, renames);
	return renamed(base, renames)
		.tests.filter((test) => wasRun(test, comparison) && !ran.has(test.id))
		.flatMap(({ id }) => former.get(id) ?? [])
		.filter((before) => mayPass(before, memory));
}

/** It failed on the base, and perhaps by chance: then it would excuse everybody from then on. */
function mayPass({ id, state }: TestResult, memory: Comparison["memory"]): boolean {
	return state === "failed" && !failsSteadily(memory?.history ?? noHistory, id);
}

/** Runs what is needed for a verdict, in this order: the base, the tree, and the files of failing tests again. */
import { type Clock, systemClock } from "@shopfloor/core/io";
import type { CheckOutcome } from "../checks/check.ts";
import type { Selection } from "../checks/selection.ts";
import { compare } from "./compare.ts";
import type { Comparison } from "./comparison.ts";
import { decideMore, decideReruns } from "./decide-reruns.ts";
import type { HistoryFile } from "./history-file.ts";
import type { Renames } from "./renames.ts";
import type { Reruns } from "./reruns.ts";
import { noHistory, remember } from "./test-history.ts";
import type { Verdict } from "./verdict.ts";

export interface JudgeJob {
	/** Runs the check there; a full outcome may be one that is known, re-runs may not. */
	readonly on: {
		base(only?: Selection): Promise<CheckOutcome>;
		head(only?: Selection): Promise<CheckOutcome>;
	};
	/** Of the base: what its runs show is remembered once for each tree. */
	readonly baseTree: string;
	readonly history?: HistoryFile;
	readonly renames?: Renames;
	/** Only these tests of the tree: a first look, and no verdict about the rest. */
	readonly only?: Selection;
	readonly clock?: Pick<Clock, "now">;
}

export interface Judgement {
	readonly verdict: Verdict;
	readonly base: CheckOutcome;
	readonly head: CheckOutcome;
	readonly reruns: Reruns;
}

export async function judge(job: JudgeJob): Promise<Judgement> {
	const { on, baseTree, renames = {}, only, clock = systemClock } = job;
	const base = await untilMeasured(() => on.base());
	const head = await untilMeasured(() => on.head(only));
	const history = job.history?.read() ?? noHistory;
	const nowMs = clock.now();
	const comparison: Comparison = { base, head, memory: { history, nowMs }, renames, part: partOf(only) };
	const reruns = await rerun(job, comparison);
	const verdict = compare({ ...comparison, reruns });
	await job.history?.write(remember(history, { base, baseTree, head, reruns, nowMs }));
	return { verdict, base, head, reruns };
}

function partOf(only: Selection | undefined): boolean | { readonly allOf: readonly string[] } {
	if (only === undefined) return false;
	return "files" in only ? { allOf: only.files } : true;
}

/** A run that was killed from outside deserves another one; what is broken twice is broken. */
async function untilMeasured(run: () => Promise<CheckOutcome>): Promise<CheckOutcome> {
	const first = await run();
	return first.kind === "broken" && mayPass.has(first.reason) ? run() : first;
}

const mayPass = new Set(["killed", "no-report", "bad-report"]);

async function rerun({ on }: JudgeJob, comparison: Comparison): Promise<Reruns> {
	const reruns: { base: CheckOutcome[]; head: CheckOutcome[] } = { base: [], head: [] };
	const plan = decideReruns(comparison);
	if (plan === undefined) return reruns;
	while (decideMore(plan, { ...comparison, reruns })) {
		if (plan.files.length > 0) reruns.head.push(await on.head({ files: plan.files }));
		reruns.base.push(await on.base({ files: plan.baseFiles }));
	}
	return reruns;
}

/** Runs what is needed for a verdict, in this order: the base, the tree, and the files of failing tests again. */
import { type Clock, systemClock } from "@shopfloor/core/io";
import type { CheckOutcome } from "../checks/check.ts";
import type { Selection } from "../checks/selection.ts";
import { compare } from "./compare.ts";
import { decideReruns, type RerunPlan } from "./decide-reruns.ts";
import type { HistoryFile } from "./history-file.ts";
import { oldNames, type Renames } from "./renames.ts";
import type { Reruns } from "./reruns.ts";
import { noHistory, remember } from "./test-history.ts";
import type { Verdict } from "./verdict.ts";

export interface JudgeJob {
	/** Runs the check there; the base's full outcome may come from a receipt, re-runs may not. */
	readonly on: {
		base(only?: Selection): Promise<CheckOutcome>;
		head(only?: Selection): Promise<CheckOutcome>;
	};
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
	const { on, renames = {}, only, clock = systemClock } = job;
	const base = await untilMeasured(() => on.base());
	const head = await untilMeasured(() => on.head(only));
	const history = job.history?.read() ?? noHistory;
	const plan = decideReruns(base, head, renames, history);
	const reruns = plan === undefined ? none : await rerun(job, plan, renames);
	const nowMs = clock.now();
	const verdict = compare({ base, head, reruns, memory: { history, nowMs }, renames, part: partOf(only) });
	await job.history?.write(remember(history, { base, head, reruns, renames, nowMs }));
	return { verdict, base, head, reruns };
}

function partOf(only: Selection | undefined): boolean | { readonly allOf: readonly string[] } {
	if (only === undefined) return false;
	return "files" in only ? { allOf: only.files } : true;
}

const none: Reruns = { base: [], head: [] };

/** A run that was killed from outside deserves another one; what is broken twice is broken. */
async function untilMeasured(run: () => Promise<CheckOutcome>): Promise<CheckOutcome> {
	const first = await run();
	return first.kind === "broken" && mayPass.has(first.reason) ? run() : first;
}

const mayPass = new Set(["killed", "no-report", "bad-report"]);

async function rerun({ on }: JudgeJob, { files, times }: RerunPlan, renames: Renames): Promise<Reruns> {
	const head: CheckOutcome[] = [];
	const base: CheckOutcome[] = [];
	for (let time = 0; time < times; time++) {
		head.push(await on.head({ files }));
		base.push(await on.base({ files: oldNames(files, renames) }));
	}
	return { head, base };
}

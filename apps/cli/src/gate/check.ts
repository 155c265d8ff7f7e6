import { type Evaluation, evaluate, snapshotOf, standingOf } from "@shopfloor/gate";
import type { Context } from "../context.ts";
import { invocation } from "../examples.ts";
import { exitCodes, misuse } from "../failure.ts";
import { jsonText } from "../json.ts";
import { acceptancesOf, acceptedAt } from "./accept.ts";
import { checkLines, spentLine } from "./check-view.ts";
import { commitNamed, knownSecrets, type Opened, tellNotes, withGate } from "./open.ts";
import type { CheckOptions } from "./options.ts";
import { measuring } from "./progress.ts";

/** Ends with 0 for a good change only. */
export async function showCheck(context: Context, branch: string | undefined, options: CheckOptions): Promise<void> {
	if (options.worktree && branch !== undefined)
		throw misuse("--worktree is the checkout you stand in; name either a branch or the checkout");
	const acceptances = await acceptancesOf(options.accept);
	await withGate(context, { ...options, runs: !options.readOnly }, async (opened) => {
		const { what, commit } = await chosen(opened, branch, options);
		const base = await opened.gate.base();
		await tellNotes(context, opened, options.worktree ? ["uncommitted"] : []);
		const spent = { ms: 0, runs: 0 };
		const evaluation = await evaluate(opened.gate.bench, commit, base, {
			secrets: knownSecrets(context),
			acceptedRules: acceptedAt(acceptances, commit),
			fresh: options.fresh ?? false,
			readOnly: options.readOnly ?? false,
			related: options.related ?? false,
			signal: context.interruption(),
			tell: measuring(context, base.tree),
			seen({ ms, runs }) {
				spent.ms += ms;
				spent.runs += runs;
			},
		});
		show(context, opened, what, evaluation, spent, options);
		if (evaluation.decision !== "good") context.endWith(exitCodes.failed);
	});
}

async function chosen(opened: Opened, branch: string | undefined, { worktree }: CheckOptions) {
	const { gate, target } = opened;
	if (branch !== undefined) return { what: branch, commit: await commitNamed(opened, branch) };
	if (target.kind !== "local")
		throw misuse("a repository that is no folder of this machine needs the branch to be named");
	const here = await standingOf(target);
	if (worktree) return { what: "the checkout", commit: await snapshotOf(gate.store, target, here.commit) };
	return { what: here.branch, commit: here.commit };
}

function show(
	context: Context,
	{ branch }: Opened,
	what: string,
	evaluation: Evaluation,
	spent: { ms: number; runs: number },
	options: CheckOptions,
): void {
	if (options.json) {
		context.say(jsonText({ what, ...evaluation, spent }));
		return;
	}
	const { paint, out } = context;
	const acceptWith = options.worktree ? undefined : `${invocation} land ${what}`;
	const look = options.readOnly ? "read" : options.related ? "related" : "whole";
	for (const line of checkLines({ what, branch, evaluation, paint, width: out.columns ?? 120, acceptWith, look }))
		context.say(line);
	if (!options.readOnly) context.note(spentLine(spent.ms, spent.runs));
}

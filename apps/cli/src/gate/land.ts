import { createHash } from "node:crypto";
import { oneLine } from "@shopfloor/core";
import { isShopfloorError } from "@shopfloor/core/io";
import {
	type EvaluateOptions,
	type Evaluation,
	evaluate,
	findCommit,
	type Landed,
	type LandingChange,
	type LandReport,
	land,
	mergeBase,
} from "@shopfloor/gate";
import type { Context } from "../context.ts";
import { invocation } from "../examples.ts";
import { exitCodes, Failure, misuse } from "../failure.ts";
import { jsonText } from "../json.ts";
import { personAt } from "../person.ts";
import { acceptancesOf, acceptedAt, demandBound } from "./accept.ts";
import { checkLines } from "./check-view.ts";
import { knownSecrets, type Opened, tellNotes, withGate } from "./open.ts";
import type { LandOptions } from "./options.ts";
import { landing, measuring } from "./progress.ts";

/** Each branch is looked at alone first, several of them briefly; those with nothing against them land together. Ends with 0 if all did. */
export async function showLanding(context: Context, branches: readonly string[], options: LandOptions): Promise<void> {
	const batch = batchOf(options.batch);
	const acceptances = await acceptancesOf(options.accept);
	await withGate(context, { ...options, runs: true }, async (opened) => {
		const changes = await changesOf(opened, [...new Set(branches)]);
		demandBound(acceptances, changes);
		await tellNotes(context, opened);
		const by = personAt(context).by;
		const together = changes.length > 1;
		const turnedAway: unknown[] = [];
		const fit: LandingChange[] = [];
		const { commit: tip } = await opened.gate.base();
		for (const change of changes) {
			// It is there already.
			if ((await mergeBase(opened.gate.store.git, tip, change.commit)) === change.commit) {
				fit.push(change);
				continue;
			}
			const accepted = acceptedAt(acceptances, change.commit);
			const evaluation = await look(context, opened, change, { acceptedRules: accepted, together });
			if (!("why" in evaluation) && evaluation.decision === "good") {
				fit.push({ ...change, givenUp: evaluation.givenUp, accepted: { rules: evaluation.accepted, by } });
				continue;
			}
			turnedAway.push({ what: change.branch, ...evaluation });
			if (options.json) continue;
			if ("why" in evaluation) context.say(`${oneLine(change.branch)}: ${oneLine(evaluation.why)}`);
			else tellWhy(context, opened, change, evaluation);
		}
		const base = await opened.gate.base();
		const site = opened.gate.site(by, { tell: measuring(context, base.tree) });
		const report = await land(site, fit, {
			...(batch === undefined ? {} : { batch }),
			dryRun: options.dryRun ?? false,
			signal: context.interruption(),
			tell: landing(context),
		});
		if (options.json) context.say(jsonText({ ...report, turnedAway }));
		else {
			for (const { branch } of changes.filter((change) => !fit.some(({ id }) => id === change.id)))
				context.say(`${oneLine(branch)}: turned away, as said above`);
			for (const line of reportLines(report, opened.branch, options.dryRun ?? false)) context.say(line);
		}
		const landed = report.results.filter(({ kind }) => kind === "landed" || kind === "empty").length;
		if (landed < changes.length) context.endWith(exitCodes.failed);
	});
}

function batchOf(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const number = Number(text);
	if (!Number.isInteger(number) || number < 1 || number > 100)
		throw misuse(`--batch ${text}: a whole number from 1 to 100`);
	return number;
}

async function changesOf(
	{ gate, target, branch: base }: Opened,
	branches: readonly string[],
): Promise<LandingChange[]> {
	const changes: LandingChange[] = [];
	const missing: string[] = [];
	for (const [index, branch] of branches.entries()) {
		const commit = await findCommit(gate.store, branch);
		if (branch === base) throw misuse(`${branch} is the base itself; name what is to land on it`);
		if (commit === undefined) missing.push(branch);
		else changes.push({ id: idOf(branch), branch, commit, created: index });
	}
	if (missing.length > 0)
		throw new Failure(
			exitCodes.usage,
			`${target.address} has no branch ${missing.map((name) => `"${name}"`).join(" and none ")}; nothing was done`,
		);
	return changes;
}

/** Its name, as long as the log takes one. */
function idOf(branch: string): string {
	if (branch.length <= idMax) return branch;
	const hash = createHash("sha256").update(branch).digest("hex").slice(0, 12);
	return `${branch.slice(0, idMax - hash.length - 1)}-${hash}`;
}

const idMax = 120;

async function look(
	context: Context,
	{ gate }: Opened,
	{ branch, commit }: LandingChange,
	options: EvaluateOptions,
): Promise<Evaluation | { readonly why: string }> {
	context.note(`looking at ${branch}…`);
	const base = await gate.base();
	const looked = evaluate(gate.bench, commit, base, {
		secrets: knownSecrets(context),
		...options,
		signal: context.interruption(),
		tell: measuring(context, base.tree),
	});
	try {
		return await looked;
	} catch (error) {
		// What one branch is made of keeps no other from landing.
		if (!isShopfloorError(error, "bad-tree", "dependencies-failed", "too-large")) throw error;
		return { why: error.message };
	}
}

function tellWhy(context: Context, { branch: base }: Opened, { branch }: LandingChange, evaluation: Evaluation): void {
	const { paint, out } = context;
	const acceptWith = `${invocation} land ${branch}`;
	for (const line of checkLines({
		what: branch,
		branch: base,
		evaluation,
		paint,
		width: out.columns ?? 120,
		acceptWith,
		look: "whole",
	}))
		context.say(line);
	context.say("");
}

function reportLines({ results, recovered, warnings }: LandReport, base: string, dryRun: boolean): string[] {
	const lines = [
		...recovered.map((landed) => `completed from before: ${lineOf(landed, base, false)}`),
		...results.map((result) => lineOf(result, base, dryRun)),
		...warnings.map((warning) => `note: ${oneLine(warning)}`),
	];
	return lines.length === 0 ? ["Nothing landed."] : lines;
}

function lineOf(result: Landed, base: string, dryRun: boolean): string {
	const name = oneLine(result.change.id);
	switch (result.kind) {
		case "landed":
			return dryRun ? `${name}: would land on ${base}` : `${name}: landed on ${base} as ${result.commit.slice(0, 12)}`;
		case "rejected": {
			const only = result.togetherWith === undefined ? "" : ` only together with ${oneLine(result.togetherWith)}`;
			return [
				`${name}: rejected, worse than the base${only}`,
				...result.reasons.map((reason) => `  ${oneLine(reason)}`),
			].join("\n");
		}
		case "conflict":
			return `${name}: conflicts with ${result.with === undefined ? base : oneLine(result.with)} in ${oneLine(result.files.slice(0, 5).join(", "))}`;
		case "void":
			return `${name}: not landed, ${oneLine(result.why)}`;
		case "empty":
			return `${name}: nothing in it that ${base} does not have`;
		case "waiting":
			return `${name}: not decided, ${oneLine(result.why)}`;
	}
}

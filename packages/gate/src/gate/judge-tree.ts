/**
 * Whether a tree may follow another: every check of the base's definition on both, compared. A receipt for the tree ends
 * it at once; a good verdict makes one. A fresh verdict that is not good takes the tree's receipts back.
 */
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { instant, isShopfloorError, systemClock } from "@shopfloor/core/io";
import { type CheckDefinition, type CheckOutcome, hasTests } from "../checks/check.ts";
import { type FoundDefinition, readDefinition } from "../definition/gate-definition.ts";
import type { Asked, Base, Judge, Judgement } from "../landing/change.ts";
import { type Receipt, receiptKey } from "../receipts/receipt.ts";
import { judge as judgeCheck } from "../verdict/judge.ts";
import { togetherOf } from "../verdict/verdict.ts";
import type { Bench, JudgeOptions } from "./bench.ts";
import { broughtTests } from "./brought-tests.ts";
import { Measurer } from "./measure.ts";
import { measuresBy } from "./measures-by.ts";
import { probeTree, suspectsOf } from "./probe-tree.ts";
import { type CheckVerdict, reasonsMax, reasonsOf, unmeasuredOf } from "./reasons.ts";
import { forgetAnswer, rememberAnswer, remembered } from "./remembered.ts";
import { renamesBetween } from "./renames-between.ts";
import { withoutTests } from "./without-tests.ts";

/** The judge of a landing. */
export function treeJudge(bench: Bench, options: JudgeOptions = {}): Judge {
	const withAsked = ({ givenUp = options.givenUp, signal = options.signal }: Asked = {}): JudgeOptions => ({
		...options,
		givenUp: givenUp ?? [],
		signal,
	});
	return {
		judge: async (tree, base, asked) =>
			(await judgeTree(bench, tree, base, { ...withAsked(asked), quick: true })).judgement,
		measuresBy: async (base) => await measuresBy(bench.store.git, base),
		async prepare(tree, signal) {
			const measurer = new Measurer(bench.store, bench.runner, { ...options, signal });
			try {
				await measurer.installation(tree);
			} finally {
				await measurer.close();
			}
		},
		brought: async (change, base, asked) => await broughtTests(bench, change, base, withAsked(asked)),
		probe: async (tree, base, suspects, asked) => await probeTree(bench, tree, base, suspects, withAsked(asked)),
	};
}

export interface JudgedTree {
	readonly judgement: Judgement;
	/** None where a receipt answered. */
	readonly verdicts: readonly CheckVerdict[];
	readonly outcomes: readonly {
		readonly check: CheckDefinition;
		readonly base: CheckOutcome;
		readonly head: CheckOutcome;
	}[];
}

export async function judgeTree(
	bench: Bench,
	tree: string,
	base: Base,
	options: JudgeOptions = {},
): Promise<JudgedTree> {
	const givenUp = [...(options.givenUp ?? [])].sort();
	const { store, receipts, runner } = bench;
	const asked = { tree, baseTree: base.tree, givenUp, runner, target: store.target };
	const answers = join(store.dir, "answers");
	const remembers = options.fresh ? undefined : remembered(answers, receipts, asked);
	if (remembers !== undefined) return known(remembers);
	const found = await readDefinition(store.git, base.commit);
	if (found.definition.checks.length === 0) return unknown(found.incomplete ?? noChecks);
	const measurer = new Measurer(store, runner, options);
	try {
		const hindrance = await uninstallable(measurer, tree, base);
		if (hindrance !== undefined) return { judgement: hindrance, verdicts: [], outcomes: [] };
		const environment = await measurer.environment(tree, found.definition);
		const key = receiptKey({ tree, base: base.tree, givenUp, gate: found.hash, environment });
		const note = { receipt: key, outside: await measurer.outside(tree, found.definition) };
		const there = options.fresh ? undefined : receipts.read(key);
		if (there?.kind === "receipt") {
			await rememberAnswer(answers, asked, note);
			return known(key);
		}
		const refuted = () => {
			if (!options.fresh) return;
			receipts.revoke({ tree, environment });
			forgetAnswer(answers, asked);
		};
		const judged = await measured(bench, measurer, found, { tree, base, refuted }, options);
		if (judged.judgement.kind !== "good" || options.only !== undefined) return judged;
		if (!isDeepStrictEqual(await measurer.environment(tree, found.definition), environment)) {
			refuted();
			return { ...judged, judgement: { kind: "unknown", why: changedMeanwhile } };
		}
		const receipt: Receipt = {
			format: 1,
			tree,
			gate: found.hash,
			environment,
			base: base.tree,
			givenUp,
			checks: judged.outcomes.flatMap(({ check, head }) => (head.kind === "ran" ? [summaryOf(check.name, head)] : [])),
			made: instant((bench.clock ?? systemClock).now()),
		};
		await receipts.write(receipt);
		await rememberAnswer(answers, asked, note);
		return { ...judged, judgement: { kind: "good", receipt: key } };
	} finally {
		await measurer.close();
		options.seen?.({ ms: measurer.spentMs, runs: measurer.runs });
	}
}

const noChecks =
	"no check is configured, and none can be read off the repository. Nothing lands unmeasured: name the checks in .shopfloor/gate.json of the base.";

const changedMeanwhile =
	"files that the checkout lends, or programs that checks call, were changed while it was checked. Check it again.";

function known(receipt: string): JudgedTree {
	return { judgement: { kind: "good", receipt }, verdicts: [], outcomes: [] };
}

function unknown(why: string): JudgedTree {
	return { judgement: { kind: "unknown", why }, verdicts: [], outcomes: [] };
}

/** Of a change that brings other dependencies, which cannot be installed, its author is told; of the base's, the person. */
async function uninstallable(measurer: Measurer, tree: string, base: Base): Promise<Judgement | undefined> {
	for (const [side, of] of [
		["base", base.tree],
		["change", tree],
	] as const)
		try {
			await measurer.installation(of);
		} catch (error) {
			if (!isShopfloorError(error, "dependencies-failed")) throw error;
			return { kind: "unknown", why: `${side === "base" ? "on the base" : "on the change"}, ${error.message}`, side };
		}
	return undefined;
}

interface Question {
	readonly tree: string;
	readonly base: Base;
	/** Told at once, and not at the end: whoever dies in between leaves no proof that was refuted. */
	readonly refuted: () => void;
}

async function measured(
	{ store, clock = systemClock }: Bench,
	measurer: Measurer,
	{ definition }: FoundDefinition,
	{ tree, base, refuted }: Question,
	options: JudgeOptions,
): Promise<JudgedTree> {
	const renames = await renamesBetween(store.git, base.tree, tree, definition);
	const { only } = options;
	const verdicts: CheckVerdict[] = [];
	const outcomes: { check: CheckDefinition; base: CheckOutcome; head: CheckOutcome }[] = [];
	for (const check of definition.checks.filter((one) => isAsked(one, only))) {
		const run = { check, commit: base.commit, definition };
		const judged = await judgeCheck({
			on: {
				base: async (only) =>
					withoutTests(
						only === undefined
							? await measurer.measureBase({ ...run, tree: base.tree })
							: await measurer.rerunBase({ ...run, tree: base.tree, only }),
						options.givenUp,
					),
				head: async (only) =>
					only === undefined
						? await measurer.measure({ ...run, tree })
						: await measurer.run({ ...run, tree, only, why: only === options.only ? "look" : "again" }),
			},
			...(only !== undefined && check.reports === "vitest" ? { only } : {}),
			baseTree: base.tree,
			history: measurer.history(check),
			renames,
			clock,
		});
		verdicts.push({ check: check.name, verdict: judged.verdict });
		outcomes.push({ check, base: judged.base, head: judged.head });
		if (["worse", "unknown"].includes(judged.verdict.overall)) refuted();
		if (options.quick && judged.verdict.overall === "worse") break;
	}
	if (verdicts.length === 0) return { judgement: { kind: "good", receipt: "" }, verdicts, outcomes };
	return { judgement: judgementOf(verdicts), verdicts, outcomes };
}

function isAsked(check: CheckDefinition, only: JudgeOptions["only"]): boolean {
	return only === undefined || "relatedTo" in only || (only.files.length > 0 && hasTests(check));
}

function judgementOf(verdicts: readonly CheckVerdict[]): Judgement {
	switch (togetherOf(verdicts.map(({ verdict }) => verdict))) {
		case "worse":
			return { kind: "bad", reasons: reasonsOf(verdicts).slice(0, reasonsMax), suspects: suspectsOf(verdicts) };
		case "unknown":
			return { kind: "unknown", why: unmeasuredOf(verdicts) ?? noChecks, side: sideOf(verdicts) };
		case "same":
		case "better":
			return { kind: "good", receipt: "" };
	}
}

/** One that could be measured on neither side says nothing about the change. */
function sideOf(verdicts: readonly CheckVerdict[]): "base" | "change" {
	const sides = verdicts.flatMap(({ verdict }) => verdict.unmeasured.map(({ side }) => side));
	return sides.includes("base") ? "base" : "change";
}

function summaryOf(
	name: string,
	{ errors, tests, ms }: Extract<CheckOutcome, { kind: "ran" }>,
): Receipt["checks"][number] {
	const count = (state: string) => tests.filter((test) => test.state === state).length;
	return {
		name,
		errors: errors.length,
		passed: count("passed"),
		failed: count("failed"),
		skipped: count("skipped") + count("todo"),
		ms: Math.round(ms),
	};
}

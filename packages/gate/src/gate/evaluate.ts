/**
 * A change as its author or a reviewer wants to see it: what the ratchet found, what became of every check, whether its
 * new tests can fail, and what that comes to. It is looked at as it would land, merged onto the present base.
 *
 * What decides how things are measured is the base's, laid over the change; so a change of the measuring stick is
 * measured with the old one, and a person decides about the new one. Tests that the change edits are run in the base's
 * version, too: what the new code does to them is nobody's word but theirs.
 */
import { type FoundDefinition, readDefinition } from "../definition/gate-definition.ts";
import { kindsOf } from "../definition/kinds-of.ts";
import type { Diff } from "../diff/diff.ts";
import { readDiff } from "../diff/read-diff.ts";
import { mergeBase, mergeTree, treeOf, withFilesOf } from "../git/objects.ts";
import type { Base, Judgement } from "../landing/change.ts";
import { isSource } from "../proof/code-files.ts";
import { isOfTests } from "../ratchet/of-tests.ts";
import type { FileKinds, Finding } from "../ratchet/rule.ts";
import type { KnownSecret } from "../ratchet/secrets.ts";
import type { Bench, JudgeOptions } from "./bench.ts";
import { withoutConfidential } from "./confidential.ts";
import { type JudgedTree, judgeTree } from "./judge-tree.ts";
import { readChange } from "./read-change.ts";
import { type CheckVerdict, reasonsOf, unmeasuredOf } from "./reasons.ts";
import { testFilesOfBase } from "./test-files.ts";
import { findByTests } from "./test-findings.ts";

export type Decision = "good" | "ask" | "bad" | "unknown";

export interface Evaluation {
	readonly decision: Decision;
	readonly base: Base;
	readonly commit: string;
	/** As it would land; undefined when it cannot be merged. */
	readonly tree: string | undefined;
	readonly conflicts: readonly string[];
	/** Of the files that it changes, as it would land. */
	readonly paths: readonly string[];
	readonly size: { readonly files: number; readonly added: number; readonly removed: number };
	readonly definition: FoundDefinition;
	/** Worst first. */
	readonly findings: readonly Finding[];
	readonly verdicts: readonly CheckVerdict[];
	/** Rules whose findings a person took upon themselves, of those that found something. */
	readonly accepted: readonly string[];
	/** Ids of tests that may be gone: what they tested went too, or a person took it upon themselves. */
	readonly givenUp: readonly string[];
	/** The proof for its tree. */
	readonly receipt: string | undefined;
	/** Where it is unknown: whose tree could not be measured, if that is known. */
	readonly unmeasured: "base" | "change" | undefined;
	/** Why it is not good, in sentences. */
	readonly reasons: readonly string[];
}

export interface EvaluateOptions extends JudgeOptions {
	/** Values that must never be in a change. */
	readonly secrets?: readonly KnownSecret[];
	/** Names of rules whose findings in this commit a person takes upon themselves. */
	readonly acceptedRules?: ReadonlySet<string>;
	/** A first look while somebody is still working: of the tests only those that the change can reach. */
	readonly related?: boolean;
	/** It will be judged together with others: alone, only the tests in files that it touches are run. */
	readonly together?: boolean;
	/** Only what reading shows: nothing is run. */
	readonly readOnly?: boolean;
}

export async function evaluate(
	bench: Bench,
	commit: string,
	base: Base,
	options: EvaluateOptions = {},
): Promise<Evaluation> {
	const evaluation = await evaluated(bench, commit, base, options);
	const without = withoutConfidential(bench.store.target, evaluation.definition.definition, options.secrets);
	return { ...evaluation, reasons: await Promise.all(evaluation.reasons.map(without)) };
}

async function evaluated(bench: Bench, commit: string, base: Base, options: EvaluateOptions): Promise<Evaluation> {
	const { git } = bench.store;
	const definition = await readDefinition(git, base.commit);
	const found = { base, commit, definition };
	const merged = await mergeTree(git, base.commit, commit);
	const fork = (await mergeBase(git, base.commit, commit)) ?? base.commit;
	const tree = merged.kind === "clean" ? merged.tree : await treeOf(git, commit);
	const from = merged.kind === "clean" ? base.tree : await treeOf(git, fork);
	const diff = await readDiff(git, from, tree);
	const mayRun = merged.kind === "clean" && !options.readOnly && !options.related && changesSources(diff);
	const ran = await testFilesOfBase(bench, base, definition, { ...options, mayRun });
	const kinds = await kindsOf(git, base.commit, definition.definition, { ran, diff });
	const { secrets } = options;
	const read = await readChange(git, {
		diff,
		definition: definition.definition,
		kinds,
		from: fork,
		to: commit,
		secrets,
	});
	const size = sizeOf(diff);
	if (merged.kind === "conflict")
		return finished(
			{
				...found,
				tree: undefined,
				conflicts: merged.files,
				paths: namesIn(diff),
				size,
				findings: read,
				givenUp: [],
				verdicts: [],
				judged: undefined,
			},
			options,
		);
	const rest = { ...found, tree, conflicts: [], paths: namesIn(diff), size };
	if (options.readOnly)
		return finished({ ...rest, findings: read, givenUp: [], verdicts: [], judged: undefined }, options);
	const measured = await withFilesOf(git, tree, base.tree, measuringStick(diff, kinds));
	const look = lookOf(diff, kinds, options);
	const { judged: first, only } = await lookedAt(bench, measured, base, { ...options, ...look }, diff);
	const sight = { diff, kinds, limits: definition.definition.limits };
	const { givenUpTests } = await import("./given-up.ts");
	const accepted = read.filter(({ rule }) => options.acceptedRules?.has(rule));
	const givenUp = givenUpTests(first.verdicts, sight, accepted);
	const judged =
		givenUp.length === 0
			? first
			: await judgeTree(bench, measured, base, { ...options, ...look, only, fresh: false, givenUp });
	if (options.related)
		return finished({ ...rest, findings: read, givenUp, verdicts: judged.verdicts, judged }, options);
	// With another stick than the change's own it is no proof for the tree that would land.
	const judgedAsIs = measured === tree ? judged : { ...judged, judgement: withoutReceipt(judged.judgement) };
	const tested = { base, tree: measured, diff, kinds, definition, judged, part: only !== undefined };
	const run = await findByTests(bench, tested, options);
	return finished(
		{ ...rest, findings: [...read, ...run], givenUp, verdicts: judged.verdicts, judged: judgedAsIs },
		options,
	);
}

/** How much of it is run. With another stick than the change's own, others cannot judge it along with theirs. */
function lookOf(
	diff: Diff,
	kinds: FileKinds,
	{ related = false, together = false }: EvaluateOptions,
): Pick<JudgeOptions, "only" | "quick"> {
	if (related)
		return {
			only: { relatedTo: diff.files.filter(({ after }) => after !== null).map(({ path }) => path) },
			quick: true,
		};
	if (!together || measuringStick(diff, kinds).length > 0) return {};
	return { only: { files: namesIn(diff).filter((path) => kinds.isTest(path) || isOfTests(kinds, path)) } };
}

/** Of the base's files: only of these it matters whether they are tests. */
function changesSources({ files }: Diff): boolean {
	return files.some(({ from }) => from !== null && isSource(from));
}

/** A file of tests that has none is one that others lean on, and then more than its own have to be run. */
async function lookedAt(
	bench: Bench,
	tree: string,
	base: Base,
	options: JudgeOptions,
	diff: Diff,
): Promise<{ judged: JudgedTree; only: JudgeOptions["only"] }> {
	const { only } = options;
	const judged = await judgeTree(bench, tree, base, options);
	if (only === undefined || "relatedTo" in only || judged.judgement.kind !== "good") return { judged, only };
	const ran = judged.outcomes.flatMap(({ head }) => (head.kind === "ran" ? head.tests : []));
	const hasOwn = (path: string) => ran.some(({ file }) => file === path || file === "");
	const leantOn = diff.files.filter(
		({ path, after }) => after !== null && only.files.includes(path) && isSource(path) && !hasOwn(path),
	);
	// Where a proof for the whole answered, nothing was run.
	if (leantOn.length === 0 || judged.judgement.receipt !== "") return { judged, only };
	return { judged: await judgeTree(bench, tree, base, { ...options, only: undefined }), only: undefined };
}

function withoutReceipt(judgement: Judgement): Judgement {
	return judgement.kind === "good" ? { ...judgement, receipt: "" } : judgement;
}

function sizeOf({ files }: Diff): Evaluation["size"] {
	const count = (side: "added" | "removed") =>
		files.reduce((sum, file) => sum + file.hunks.reduce((lines, hunk) => lines + hunk[side].length, 0), 0);
	return { files: files.length, added: count("added"), removed: count("removed") };
}

function measuringStick(diff: Diff, kinds: FileKinds): string[] {
	return namesIn(diff).filter((path) => kinds.isMeasuringStick(path));
}

/** On both sides: what was renamed is put back. */
function namesIn({ files }: Diff): string[] {
	return [...new Set(files.flatMap(({ path, from }) => (from === null ? [path] : [path, from])))];
}

type Unfinished = Omit<Evaluation, "decision" | "receipt" | "unmeasured" | "reasons" | "accepted"> & {
	readonly judged: JudgedTree | undefined;
};

/** The one place in which it becomes a word. */
function finished(
	{ judged, ...rest }: Unfinished,
	{ acceptedRules = new Set<string>(), readOnly = false }: EvaluateOptions,
): Evaluation {
	const open = rest.findings.filter(({ rule }) => !acceptedRules.has(rule));
	// A note stands in nobody's way.
	const minded = rest.findings.filter(({ rule, severity }) => severity !== "note" && acceptedRules.has(rule));
	const accepted = [...new Set(minded.map(({ rule }) => rule))].sort();
	const judgement = judged?.judgement;
	const receipt = judgement?.kind === "good" && judgement.receipt !== "" ? judgement.receipt : undefined;
	const blocked = open.filter(({ severity }) => severity === "block");
	const asked = open.filter(({ severity }) => severity === "ask");
	const reasons = [
		...(rest.conflicts.length > 0
			? [`it cannot be merged onto the base: ${rest.conflicts.slice(0, 10).join(", ")}`]
			: []),
		...blocked.map(inWords),
		...reasonsOf(rest.verdicts),
		...(judgement?.kind === "unknown" ? [unmeasuredOf(rest.verdicts) ?? judgement.why] : []),
		...asked.map(inWords),
	];
	const unmeasured = judgement?.kind === "unknown" ? judgement.side : undefined;
	return { ...rest, decision: decide(), receipt, unmeasured, reasons, accepted };

	function decide(): Decision {
		if (rest.conflicts.length > 0 || blocked.length > 0 || judgement?.kind === "bad") return "bad";
		if (judgement?.kind === "unknown" || (judgement === undefined && !readOnly)) return "unknown";
		return asked.length > 0 ? "ask" : "good";
	}
}

function inWords({ rule, path, line, what }: Finding): string {
	return `${rule}: ${path}${line === undefined ? "" : `:${line}`} ${what}`;
}

/** An evaluation as a person reads it. Pure. */
import { oneLine, showDuration } from "@shopfloor/core";
import { type CheckVerdict, definitionPath, type Evaluation, type Finding, isCharged } from "@shopfloor/gate";
import type { Paint } from "../paint.ts";
import { table } from "../table.ts";
import { acceptWords } from "./accept.ts";

export interface CheckSight {
	/** As the person named it. */
	readonly what: string;
	readonly branch: string;
	readonly evaluation: Evaluation;
	readonly paint: Paint;
	readonly width: number;
	/** How a finding is taken upon oneself: the command without the rule. Undefined for what cannot land as it is. */
	readonly acceptWith: string | undefined;
	readonly look: "whole" | "related" | "read";
}

export function checkLines(sight: CheckSight): string[] {
	const { evaluation } = sight;
	return [
		headline(sight),
		...(evaluation.verdicts.length > 0 ? ["", ...verdictLines(sight)] : []),
		...(evaluation.findings.length > 0 ? ["", ...findingLines(evaluation.findings, sight)] : []),
		"",
		...conclusion(sight),
		...measuredBy(sight),
	];
}

function headline({ what, branch, evaluation }: CheckSight): string {
	const { files, added, removed } = evaluation.size;
	const size = `${files} ${files === 1 ? "file" : "files"}, +${added} -${removed}`;
	return `${oneLine(what)} (${size}) on ${branch} at ${evaluation.base.commit.slice(0, 12)}`;
}

function verdictLines({ evaluation, paint, width }: CheckSight): string[] {
	const paints = { worse: paint.red, unknown: paint.yellow, same: paint.green, better: paint.green };
	return table(
		evaluation.verdicts.map((one) => [
			{ text: `  ${one.check}` },
			{ text: one.verdict.overall, paint: paints[one.verdict.overall] },
			{ text: inNumbers(one) },
		]),
		width,
	);
}

function inNumbers({ verdict }: CheckVerdict): string {
	const [blind] = verdict.unmeasured;
	if (blind !== undefined) return oneLine(`${blind.side}: ${blind.why.detail}`);
	const { errors, tests } = verdict;
	const charged = tests.broken.filter(isCharged).length;
	const excused = tests.broken.length - charged;
	const parts = [
		errors.after > 0 || errors.fixed.length > 0
			? `${errors.after} errors (${errors.new.length} new, ${errors.fixed.length} fixed)`
			: "",
		charged > 0 ? `${charged} broken` : "",
		excused > 0 ? `${excused} failing, not by this change` : "",
		tests.repaired.length > 0 ? `${tests.repaired.length} repaired` : "",
		tests.vanished.length > 0 ? `${tests.vanished.length} gone` : "",
		tests.new.length > 0 ? `${tests.new.length} new tests` : "",
		tests.stillFailing.length > 0 ? `${tests.stillFailing.length} fail as before` : "",
	].filter((part) => part !== "");
	return parts.length === 0 ? "nothing changed" : parts.join(", ");
}

export function findingLines(
	findings: readonly Finding[],
	{ paint, width }: Pick<CheckSight, "paint" | "width">,
): string[] {
	const paints = { block: paint.red, ask: paint.yellow, note: paint.dim };
	const shown = findings.slice(0, shownMax);
	const lines = table(
		shown.map(({ severity, rule, path, line, what }) => [
			{ text: `  ${severity}`, paint: paints[severity] },
			{ text: rule },
			{ text: oneLine(`${path}${line === undefined ? "" : `:${line}`}  ${what}`.trim()) },
		]),
		width,
	);
	return findings.length > shownMax
		? [...lines, `  and ${findings.length - shownMax} more; --json has all of them`]
		: lines;
}

/** A screenful; a change with more has been understood by then. */
const shownMax = 40;

function conclusion(sight: CheckSight): string[] {
	const { decision, reasons, accepted } = sight.evaluation;
	const list = reasons.slice(0, shownMax).map((reason) => `  ${oneLine(reason)}`);
	const { paint } = sight;
	switch (decision) {
		case "good": {
			const given = accepted.length === 0 ? "" : `, with ${accepted.join(", ")} taken upon oneself`;
			return [paint.green(`${inGeneral(sight)}${given}.${receiptOf(sight)}`)];
		}
		case "ask":
			return [
				paint.yellow("It may land when a person says so:"),
				...list,
				...acceptLines(sight, "To take it upon yourself"),
			];
		case "bad":
			return [
				paint.red("It may not land:"),
				...list,
				...(isMeasuredGood(sight) ? acceptLines(sight, "If you want it all the same") : []),
			];
		case "unknown":
			return [paint.yellow("Nothing can be said about it:"), ...list];
	}
}

/** No more than was looked at. */
function inGeneral({ evaluation: { size, receipt }, branch, look }: CheckSight): string {
	if (size.files === 0) return `All of it is in ${branch} already`;
	if (look === "read") return "Reading it found nothing against it; no check was run";
	if (look === "related") return "What was run found nothing against it; not everything was";
	return receipt === undefined
		? "Nothing stands against it; what it measures itself by is checked when it lands"
		: "It may land";
}

function receiptOf({ evaluation: { receipt } }: CheckSight): string {
	return receipt === undefined ? "" : ` Receipt ${receipt}`;
}

/** Only rules stand against it, and none that nobody may take upon themselves. */
function isMeasuredGood({ evaluation: { conflicts, verdicts, findings } }: CheckSight): boolean {
	if (conflicts.length > 0 || verdicts.some(({ verdict }) => verdict.overall === "worse")) return false;
	return !findings.some(({ rule, severity }) => rule === "secrets" && severity === "block");
}

function acceptLines({ acceptWith, evaluation: { findings, accepted, commit } }: CheckSight, words: string): string[] {
	const grave = findings.filter(({ severity }) => severity !== "note").map(({ rule }) => rule);
	const rules = [...new Set([...grave, ...accepted])];
	if (acceptWith === undefined) return ["", `${words}, commit it first; checking the branch then shows what to type.`];
	return ["", `${words}: ${acceptWith} ${acceptWords(rules, commit)}`];
}

/** Whoever misses a check sees that it is missing. Nothing where nothing was measured. */
function measuredBy({ evaluation: { definition, verdicts, receipt }, paint }: CheckSight): string[] {
	if (verdicts.length === 0 && receipt === undefined) return [];
	const names = definition.definition.checks.map(({ name }) => name).join(", ");
	const where = definition.from === "file" ? "" : ` (read off the repository; ${definitionPath} would say it)`;
	return [paint.dim(`measured by ${names}${where}`)];
}

export function spentLine(ms: number, runs: number): string {
	if (runs === 0) return "nothing had to be run";
	return `${runs} ${runs === 1 ? "run" : "runs"} of checks, ${showDuration(Math.max(1_000, Math.round(ms / 1_000) * 1_000))}`;
}

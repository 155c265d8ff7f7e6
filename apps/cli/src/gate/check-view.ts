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
	/** How a finding is taken upon oneself: the command without the rule. */
	readonly acceptWith: string;
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

function conclusion({ evaluation, paint, acceptWith }: CheckSight): string[] {
	const { decision, reasons, receipt, findings, commit } = evaluation;
	const list = reasons.slice(0, shownMax).map((reason) => `  ${oneLine(reason)}`);
	switch (decision) {
		case "good":
			return [paint.green(receipt === undefined ? "Nothing stands against it." : `It may land. Receipt ${receipt}`)];
		case "ask": {
			const rules = [...new Set(findings.filter(({ severity }) => severity === "ask").map(({ rule }) => rule))];
			return [
				paint.yellow("It may land when a person says so:"),
				...list,
				"",
				`To take it upon yourself: ${acceptWith} ${acceptWords(rules, commit)}`,
			];
		}
		case "bad":
			return [paint.red("It may not land:"), ...list];
		case "unknown":
			return [paint.yellow("Nothing can be said about it:"), ...list];
	}
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

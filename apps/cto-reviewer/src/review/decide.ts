/**
 * What becomes of a change, from what was measured and what was said about it. Pure.
 *
 * What is worse than the base, or breaks a rule, is rejected, and so is what a reviewer holds one criterion against: that
 * is the reviewer's office. A refutation is not: its author was told to find something, so by itself it turns nothing
 * away, a person decides. Where the policy is `auto` and nobody is asked, it turns away what it names a failure of, for
 * what speaks against a change is not passed over. What the rules leave to a person is asked under any policy.
 *
 * A criterion that the built-in agent knows nothing about is unread code. Under `auto` a person said beforehand that what
 * is measured is enough; else they are asked. A model that read the change and cannot tell is a reason to ask always.
 */
import type { Evaluation } from "@shopfloor/gate";
import type { Criterion } from "../memory.ts";
import { nobodyRead } from "../messages.ts";
import type { Judged, NoOpinion, Opinion, Refutation } from "./opinions.ts";
import type { Policy } from "./policy.ts";

export type Measured = Pick<
	Evaluation,
	"decision" | "base" | "conflicts" | "findings" | "accepted" | "receipt" | "unmeasured" | "reasons" | "verdicts"
>;

export type Decided =
	| { readonly kind: "approved"; readonly reason: string; readonly criteria: readonly Criterion[] }
	| { readonly kind: "asked"; readonly why: readonly string[]; readonly criteria: readonly Criterion[] }
	| { readonly kind: "rejected"; readonly reasons: readonly string[]; readonly criteria: readonly Criterion[] }
	/** Nothing is known by now. `isFault`: it was the change that could not be looked at. */
	| { readonly kind: "later"; readonly why: string; readonly isFault: boolean };

/** What measuring alone decides; undefined where somebody has to read it. */
export function decideMeasured(measured: Measured): Decided | undefined {
	const { decision, reasons, unmeasured } = measured;
	if (decision === "bad") return { kind: "rejected", reasons, criteria: mechanical(measured) };
	if (decision === "unknown") return { kind: "later", why: reasons.join("; "), isFault: unmeasured === "change" };
	return undefined;
}

/** What a reviewer decides alone; undefined where it goes on. */
export function decideRead(measured: Measured, opinion: Opinion): Decided | undefined {
	if (opinion.kind === "none") return later(opinion);
	const unmet = opinion.criteria.filter(({ met }) => met === "unmet");
	if (unmet.length === 0) return undefined;
	return { kind: "rejected", reasons: unmet.map(inWords), criteria: criteriaOf(measured, opinion) };
}

export interface Size {
	readonly added: number;
	readonly removed: number;
}

/** Large changes, and those to guarded files, get a second reader, who looks for reasons against them. */
export function needsRefuter({ added, removed }: Size, { touchesGuarded }: Policy, linesMax: number): boolean {
	return touchesGuarded || added + removed > linesMax;
}

export interface Sight {
	readonly measured: Measured;
	readonly opinion: Extract<Opinion, { kind: "read" }>;
	/** Undefined where none was needed. */
	readonly refutation: Refutation | undefined;
	readonly policy: Policy;
}

export function decideWhole({ measured, opinion, refutation, policy: { policy } }: Sight): Decided {
	if (refutation?.kind === "none") return later(refutation);
	const criteria = criteriaOf(measured, opinion);
	const against = refutation?.kind === "refuted" ? refutation.reasons.map((reason) => `refuted: ${reason}`) : [];
	if (against.length > 0 && policy === "auto") return { kind: "rejected", reasons: against, criteria };
	const unread = refutation?.kind === "unread" ? [`no second reviewer: ${refutation.why}`] : [];
	const unknown = unknownOf(opinion);
	const always = [...openFindings(measured), ...against, ...(opinion.isBuiltin ? [] : unknown)];
	const sometimes = [...(opinion.isBuiltin ? unknown : []), ...unread];
	const why = [...always, ...(policy === "auto" ? [] : sometimes)];
	if (why.length > 0) return { kind: "asked", why, criteria };
	if (policy === "ask") return { kind: "asked", why: ["nothing speaks against it"], criteria };
	const reason = [opinion.summary, ...sometimes].filter((said) => said !== "").join("; ");
	return { kind: "approved", reason: reason === "" ? "every criterion is met" : reason, criteria };
}

function later({ why, isFault }: NoOpinion): Decided {
	return { kind: "later", why, isFault };
}

/** The built-in reviewer is asked for what can be counted; that nobody read the rest is said once. */
function unknownOf({ isBuiltin, criteria }: Extract<Opinion, { kind: "read" }>): string[] {
	const unknown = criteria.filter(({ met }) => met === "unknown");
	if (unknown.length === 0) return [];
	return isBuiltin ? [nobodyRead] : unknown.map(inWords);
}

function inWords({ name, reason }: Judged): string {
	return `${name}: ${reason}`;
}

/** Rules whose findings whoever says yes takes upon themselves. */
export function rulesAsked(measured: Pick<Measured, "findings" | "accepted">): string[] {
	return [...new Set(asked(measured).map(({ rule }) => rule))];
}

function openFindings(measured: Measured): string[] {
	return asked(measured).map(
		({ rule, path, line, what }) => `${rule}: ${path}${line === undefined ? "" : `:${line}`} ${what}`,
	);
}

function asked({ findings, accepted }: Pick<Measured, "findings" | "accepted">): Measured["findings"] {
	return findings.filter(({ rule, severity }) => severity === "ask" && !accepted.includes(rule));
}

function criteriaOf(measured: Measured, { criteria }: Extract<Opinion, { kind: "read" }>): Criterion[] {
	const read = criteria.map(({ name, met, reason }) =>
		criterion(name, met === "met", met === "unknown" ? `unknown: ${reason}` : reason),
	);
	return [...mechanical(measured), ...read].slice(0, criteriaMost);
}

/** As many as an entry takes. */
const criteriaMost = 20;

function mechanical({ base, conflicts, findings, verdicts, receipt, decision }: Measured): Criterion[] {
	const worse = verdicts.filter(({ verdict }) => verdict.overall === "worse").map(({ check }) => check);
	const blocked = findings.filter(({ severity }) => severity === "block").map(({ rule }) => rule);
	const merges = criterion(
		"merges",
		conflicts.length === 0,
		conflicts.length === 0 ? `onto ${base.commit.slice(0, 12)}` : conflicts.join(", "),
	);
	if (conflicts.length > 0) return [merges];
	const isWorse = worse.length > 0 || (decision === "bad" && blocked.length === 0);
	const checked = receipt === undefined ? "its own tests; all of it when it lands" : `receipt ${receipt}`;
	return [
		merges,
		criterion("checks", !isWorse, isWorse ? `worse: ${worse.join(", ")}` : checked),
		criterion("rules", blocked.length === 0, rulesInWords(blocked, findings.length)),
	];
}

function rulesInWords(blocked: readonly string[], findings: number): string {
	if (blocked.length > 0) return [...new Set(blocked)].join(", ");
	return findings === 0 ? "no findings" : `${findings} ${findings === 1 ? "finding" : "findings"}, none that blocks`;
}

function criterion(name: string, met: boolean, reason: string): Criterion {
	return { name: name.slice(0, 80), met, reason: reason.slice(0, 500) };
}

import type { Facts } from "../builtin/facts.ts";
import { counted } from "../program/counted.ts";
import { cutTo, lineOf, shortenedTo } from "./cut-to.ts";
import { listed, orNone, within } from "./lists.ts";
import type { Prompts, Rendered } from "./load-prompt.ts";
import { type Criterion, reviewCriteria } from "./review-criteria.ts";
import { factsSlot } from "./visible-json.ts";

export interface ReviewFacts {
	readonly criteria?: readonly Criterion[];
	/** What the repository tells everybody who works on it. */
	readonly context: string;
	/** What the change says that it does. */
	readonly task: { readonly title: string; readonly detail?: string };
	readonly diff: {
		readonly text: string;
		readonly files: number;
		/** Lines. */
		readonly added: number;
		readonly removed: number;
	};
	/** Left out where they were not counted. */
	readonly errorCount?: Delta;
	readonly failingCount?: Delta;
	/** As the gate has them. */
	readonly findings: readonly RuleFinding[];
}

interface Delta {
	readonly before: number;
	readonly after: number;
}

interface RuleFinding {
	readonly rule: string;
	readonly severity: string;
	readonly path: string;
	readonly line?: number;
	readonly what: string;
}

/** A verdict for each criterion. */
export function reviewerPrompt(prompts: Pick<Prompts, "reviewer">, facts: ReviewFacts): Rendered {
	const { criteria = reviewCriteria } = facts;
	return prompts.reviewer.render({
		...ofChange(facts),
		criteria: criteria.map(({ name, asks }) => `- **${name}**: ${asks}`).join("\n"),
		facts: factsSlot({ ...measuredFacts(facts), criteria: criteria.map(({ name }) => ({ name })) }),
	});
}

/** Reasons against it, from somebody who takes it to be wrong. */
export function refutePrompt(prompts: Pick<Prompts, "reviewer-refute">, facts: ReviewFacts): Rendered {
	return prompts["reviewer-refute"].render({ ...ofChange(facts), facts: factsSlot(measuredFacts(facts)) });
}

function ofChange({ context, task, diff, errorCount, failingCount, findings }: ReviewFacts) {
	const { added, removed, files } = diff;
	return {
		context: orNone(context),
		task: `${lineOf(task.title)}${task.detail ? `\n\n${task.detail}` : ""}`,
		measured: [
			`- Size: ${counted(added, "line")} added, ${removed} removed, in ${counted(files, "file")}.`,
			`- Errors: ${inWords(errorCount)}.`,
			`- Failing tests: ${inWords(failingCount)}.`,
		].join("\n"),
		findings: listed(findings, (finding) => `${finding.severity}: ${inShort(finding)}`),
		diff: orNone(diff.text),
	};
}

function inWords(delta: Delta | undefined): string {
	return delta === undefined ? "not counted" : `${delta.before} before, ${delta.after} after`;
}

function inShort({ rule, path, line, what }: RuleFinding): string {
	const at = line === undefined ? lineOf(path) : `${lineOf(path)}:${line}`;
	return `${rule}, ${at}: ${shortenedTo(what, findingMax)}`;
}

const findingMax = 500;

function measuredFacts({ diff, errorCount, failingCount, findings }: ReviewFacts): Facts {
	const gravest = [...findings].sort((a, b) => Number(b.severity === "block") - Number(a.severity === "block"));
	const texts = gravest.map((finding) => ({
		kind: cutTo(finding.severity, 20),
		text: cutTo(inShort(finding), findingMax),
	}));
	return {
		diff: { files: diff.files, lines: diff.added + diff.removed },
		...(errorCount && { errorCount: { ...errorCount } }),
		...(failingCount && { failingCount: { ...failingCount } }),
		findings: within(texts, findingsMax),
	};
}

/** Characters. */
const findingsMax = 20_000;

/** What the commands about changes say. Pure. */
import { closest, type Entry, oneLine } from "@shopfloor/core";
import {
	type Answer,
	type Binding,
	type ChangeRecords,
	isUndecided,
	type KnownChange,
	knownChanges,
	type Question,
} from "@shopfloor/core/person";
import { invocation } from "../examples.ts";
import type { Times } from "../times.ts";
import { shownHash } from "./view.ts";

export function answered(
	answer: Answer,
	{ id }: KnownChange,
	{ commit }: Pick<Binding, "commit">,
	outcome: Entry | undefined,
): string[] {
	const bound = `bound to commit ${commit.slice(0, shownHash)}`;
	if (outcome?.type === "change_landed")
		return [`${oneLine(id)} is approved, ${bound}, and landed as ${outcome.data.commit.slice(0, shownHash)}.`];
	if (outcome?.type === "change_rejected")
		return [`${oneLine(id)} is rejected, ${bound}:`, ...outcome.data.reasons.map((reason) => `  ${oneLine(reason)}`)];
	if (answer === "reject") return [`${oneLine(id)} is rejected, ${bound}; its author's next plan sees why.`];
	return [
		`${oneLine(id)} is approved, ${bound}. It lands when its check together with the others passes.`,
		`What becomes of it: ${invocation} change show ${oneLine(id)}`,
	];
}

/** Why there is nothing to answer, and what to do instead. */
export function whyNotOpen(
	{ id, status, reasons, landed }: KnownChange,
	question: Question | null,
	times: Times,
): string {
	const name = oneLine(id);
	const because = reasons.length === 0 ? "" : `: ${oneLine(reasons.join("; "))}`;
	const review = `${invocation} review ${name}`;
	switch (status) {
		case "landed":
			return `${name} has landed already${landed === null ? "" : `, as ${landed.commit.slice(0, shownHash)}`}; nothing is asked about it. To take it back: ${invocation} revert ${name}`;
		case "rejected":
			return `${name} was rejected${because}. Nothing is asked about it any more.`;
		case "reverted":
			return `${name} landed and was taken back${because}. Nothing is asked about it any more.`;
		case "missing":
			return `${name} is missing${because}: its branch or commit is gone, so it cannot land.`;
	}
	if (question?.state === "answered" && question.answer !== null)
		return `the question about ${name} was answered already: ${question.answer.answer}, by ${oneLine(question.answer.by)} ${times.age(question.answer.at)} ago. The reviewer goes on from there.`;
	if (question?.state === "expired")
		return `the question about ${name} expired at ${times.clock(question.expires)}. To have it looked at and asked anew: ${review}`;
	return `no question is open about ${name}; it is ${status}${because}. To have it reviewed now: ${review}`;
}

export function overtaken({ id, commit }: KnownChange, question: Pick<Binding, "commit">): string {
	const name = oneLine(id);
	return `${name} went on since the question was asked: it is at ${commit.slice(0, shownHash)}, and the question is about ${question.commit.slice(0, shownHash)}. To have it looked at and asked anew: ${invocation} review ${name}`;
}

export function unknownChange(word: string, { queue, entries }: ChangeRecords): string {
	const nobody = `there is no change "${oneLine(word)}".`;
	const names = knownChanges({ queue, entries }).flatMap(({ id, branch }) => [id, branch]);
	const meant = closest(word, names);
	if (meant !== undefined) return `${nobody} Did you mean "${oneLine(meant)}"?`;
	const open = queue.filter(isUndecided).map(({ id }) => id);
	if (open.length === 0) return `${nobody} None is in review; ${invocation} change ls --all shows those that were.`;
	return `${nobody} In review: ${open.slice(0, namedMax).map(oneLine).join(", ")}. ${invocation} change ls --all shows more.`;
}

export function severalChanges(word: string, ids: readonly string[]): string {
	return `"${oneLine(word)}" is the beginning of ${ids.length}: ${ids.slice(0, namedMax).map(oneLine).join(", ")}. Give more of it.`;
}

/** As many as one looks through in a sentence. */
const namedMax = 10;

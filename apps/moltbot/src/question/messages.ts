/** What is said about a question, and about what became of it. Pure. */
import { showUsd } from "@shopfloor/core";
import type { ChangeStory, KnownChange, Question } from "@shopfloor/core/person";
import { bold, joined, lines, type Part, quoted, type Rich, rich } from "../chat/rich.ts";
import type { Times } from "../times.ts";
import type { Fate } from "./fate.ts";

interface Asked {
	readonly change: KnownChange;
	readonly question: Question;
	readonly story: Pick<ChangeStory, "review" | "cycle">;
}

/** All that one decides by, and to what the answer is bound. */
export function questionText({ change, question, story: { review, cycle } }: Asked, times: Times): Rich {
	const { id, title, session, task, files, size, usd } = change;
	const isOfThis = review !== null && review.commit === question.commit;
	const facts = [
		...(files === null ? [] : [counted(files.length, "file")]),
		...(size == null ? [] : [`+${size.added} −${size.removed}`]),
		...(usd === null ? [] : [showUsd(usd)]),
	];
	const from = [session ?? "a person", ...(task === null ? [] : [`on ${task}`])].join(" ");
	return lines(
		rich(bold("Shall this land?"), " ", quoted(id)),
		quoted(title ?? change.branch),
		[from, ...facts].join(", "),
		rich("Why you: ", quoted(isOfThis ? review.reason : question.question)),
		cycle?.before === undefined || cycle.after === undefined
			? undefined
			: `Errors ${cycle.before.errors} → ${cycle.after.errors}, failing tests ${cycle.before.failingTests} → ${cycle.after.failingTests}`,
		...(isOfThis ? review.criteria.map(criterion) : []),
		...filesOf(files ?? []),
		rich(
			`Bound to ${short(question.commit)}`,
			question.receipt === undefined ? "" : ` and receipt ${short(question.receipt)}`,
			`, until ${times.clock(question.expires)}`,
		),
	);
}

type Criterion = NonNullable<ChangeStory["review"]>["criteria"][number];

function criterion({ name, met, reason }: Criterion): Rich {
	return rich(`${met ? "✓" : "✗"} `, quoted(name), reason === "" ? "" : rich(": ", quoted(reason)));
}

/** A large change has more; the diff has all of them. */
const filesShown = 8;

function filesOf(files: readonly string[]): Part[] {
	const left = files.length - filesShown;
	return [
		...files.slice(0, filesShown).map((file) => quoted(file)),
		...(left > 0 ? [`and ${counted(left, "file")} more`] : []),
	];
}

/** Instead of the question. */
export function fateText({ id, title, branch }: KnownChange, fate: Fate, you: string, times: Times): Rich {
	return lines(rich(bold(headline(fate)), " ", quoted(id)), quoted(title ?? branch), ...whatBecame(fate, you, times));
}

function headline({ kind }: Fate): string {
	switch (kind) {
		case "open":
			return "Shall this land?";
		case "approved":
			return "Approved";
		case "turned-away":
			return "Rejected";
		case "landed":
			return "Landed";
		case "rejected":
			return "Sent back";
		case "reverted":
			return "Landed, and taken back";
		case "expired":
			return "Not answered in time";
	}
}

function whatBecame(fate: Fate, you: string, times: Times): (Part | undefined)[] {
	switch (fate.kind) {
		case "open":
			return [];
		case "approved":
			return [
				`By ${who(fate.by, you)} at ${times.clock(fate.at)}. It lands when its checks, together with the others', pass.`,
			];
		case "turned-away":
			return [
				`By ${who(fate.by, you)} at ${times.clock(fate.at)}.`,
				fate.note === undefined ? undefined : rich("Why: ", quoted(fate.note)),
			];
		case "landed":
			return [
				`As ${short(fate.commit)} at ${times.clock(fate.at)}${fate.by === undefined ? "" : `, approved by ${who(fate.by, you)}`}.`,
			];
		case "rejected":
			return [
				`At ${times.clock(fate.at)}${fate.by === undefined ? "" : `, by ${who(fate.by, you)}`}.`,
				fate.reasons.length === 0 ? undefined : rich("Why: ", joined(fate.reasons.map(quoted), "; ")),
			];
		case "reverted":
			return [`At ${times.clock(fate.at)}: the base was worse with it.`];
		case "expired":
			return ["It is parked. To be asked anew: /review and its name."];
	}
}

function who(by: string, you: string): string {
	return by === you ? "you" : by;
}

/** What is said to a press, at the top of the screen. */
export const pressed = {
	approved: "Approved",
	rejected: "Rejected",
	why: "Why?",
	back: "",
	diff: "The diff follows",
	done: "",
	tooOld: "This button has been used, or is too old",
	failed: "That did not work",
} as const;

export function noDiff(id: string, why: string): Rich {
	return rich("There is no diff of ", quoted(id), ": ", quoted(why));
}

export function diffOf(id: string, lineCount: number): Rich {
	return rich(quoted(id), `: ${counted(lineCount, "line")}`);
}

function counted(count: number, what: string): string {
	return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** Enough to tell commits apart by eye. */
function short(name: string): string {
	return name.slice(0, 12);
}

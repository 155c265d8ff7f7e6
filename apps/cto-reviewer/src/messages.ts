/** Every sentence that the reviewer says. */
import { type Change, cut, type DataOf, oneLine } from "@shopfloor/core";

type Alert = DataOf<"alert">;
type Named = Pick<Change, "id" | "title" | "session">;

/** What an entry takes. */
const sentenceMax = 2_000;

export function sentence(text: string): string {
	return cut(text, sentenceMax);
}

export function sentences(texts: readonly string[]): string[] {
	return texts.slice(0, reasonsMax).map(sentence);
}

const reasonsMax = 20;

export function poisonous({
	id,
	title,
	attempts,
	reasons,
}: Pick<Change, "id" | "title" | "attempts" | "reasons">): Alert {
	const last = reasons.at(-1);
	const why = last === undefined ? "the process died each time" : `the last time: ${last}`;
	return {
		code: "change-poisonous",
		severity: "error",
		subject: "cto-reviewer",
		message: sentence(
			`the review of ${id} (${oneLine(title)}) was begun ${attempts} times and never came to an end (${why}). It is left alone. What to do: npx shopfloor change show ${id}, then npx shopfloor review ${id}`,
		),
	};
}

export const lookAgain = "a person asked for another look";

export function uncounted(approval: string, by: string, why: string): Alert {
	return {
		code: "answer-not-counted",
		severity: "warning",
		message: sentence(
			`the answer to ${approval} by ${by} does not count: ${why}. Nothing was done. What is open: npx shopfloor queue`,
		),
	};
}

export function missing({ id, title }: Named, why: string): Alert {
	return {
		code: "change-missing",
		severity: "warning",
		subject: "cto-reviewer",
		message: sentence(`${id} (${oneLine(title)}) cannot be landed any more: ${why}`),
	};
}

export const branchGone = (branch: string) => `its branch ${branch} is gone`;

export function branchMoved(branch: string, at: string, commit: string): string {
	return `its branch ${branch} is at ${at.slice(0, 12)}, and ${commit.slice(0, 12)} was pushed for review`;
}

export function conflictsIn(files: readonly string[]): string {
	const more = files.length > 5 ? ` and ${files.length - 5} more` : "";
	return `conflicts in ${files.slice(0, 5).join(", ")}${more}`;
}

export function approvedBy(by: string, note: string | undefined): string {
	return note === undefined ? `approved by ${by}` : `approved by ${by}: ${note}`;
}

export function rejectedBy(by: string, note: string | undefined): string {
	return note === undefined ? `${by} does not want it` : `${by}: ${note}`;
}

/** `how` is the scheduler's word: "cancelled by cli:ana: it is done by hand". */
export function taskCancelled(how: string): string {
	return `the task was ${how}`;
}

export const counted = "what can be counted is as it should be";

export const nobodyRead = "nobody has read the change";

export const nothingNew = "there is nothing in it that the base does not have";

export interface Asks {
	readonly change: Named;
	readonly size: { readonly files: number; readonly added: number; readonly removed: number };
	readonly why: readonly string[];
}

/** The whole of it where there is room: people answer what they see. */
export function question({ change: { id, title, session }, size, why }: Asks): string {
	const { files, added, removed } = size;
	const head = `Shall ${id} land: "${oneLine(title)}", by ${session}, ${files} ${files === 1 ? "file" : "files"}, +${added} -${removed}?`;
	const how = `npx shopfloor change show ${id}, then npx shopfloor approve ${id}, or npx shopfloor reject ${id} --note "<why>"`;
	const room = sentenceMax - head.length - how.length - 10;
	return `${head} ${cut(why.map(oneLine).join("; "), room)}. ${how}`;
}

export function heldUp(why: string): Alert {
	return {
		code: "review-held-up",
		severity: "error",
		subject: "cto-reviewer",
		message: sentence(`nothing can be reviewed or landed: ${why}`),
	};
}

export function waits(why: string): Alert {
	return {
		code: "review-waits",
		severity: "warning",
		subject: "cto-reviewer",
		message: sentence(`what was pushed waits for its review: ${why}`),
	};
}

export function branchLeft(branch: string, why: string): Alert {
	return {
		code: "branch-left",
		severity: "note",
		message: sentence(`the branch ${branch}, which nobody needs any more, is still at the target: ${why}`),
	};
}

export function landingWaits(change: string, why: string): Alert {
	return {
		code: "landing-waits",
		severity: "warning",
		subject: "cto-reviewer",
		message: sentence(`${change} is approved and cannot land now: ${why}`),
	};
}

export function landingWarning(warning: string): Alert {
	return { code: "landing-warning", severity: "warning", message: sentence(warning) };
}

export function baseForeign(branch: string, commit: string, subject: string, reasons: readonly string[]): Alert {
	return {
		code: "base-worse",
		severity: "error",
		message: sentence(
			`${branch} is worse since ${commit.slice(0, 12)} "${oneLine(subject)}", which the factory did not land, and so it is left alone: ${reasons.join("; ")}`,
		),
	};
}

export function baseReverted(branch: string, changes: readonly string[], reasons: readonly string[]): Alert {
	return {
		code: "base-worse",
		severity: "error",
		message: sentence(
			`${branch} was worse after ${changes.join(", ")} had landed, and that is taken back: ${reasons.join("; ")}`,
		),
	};
}

export function baseStuck(branch: string, change: string, why: string): Alert {
	return {
		code: "base-worse",
		severity: "error",
		message: sentence(
			`${branch} is worse since ${change} landed, and it could not be taken back: ${why}. A person has to do it: npx shopfloor revert`,
		),
	};
}

export function baseUnseen(branch: string, why: string): Alert {
	return {
		code: "base-unseen",
		severity: "warning",
		message: sentence(
			`whether ${branch} is as good as before the last landing could not be found out: ${why}. What to do: npx shopfloor watch`,
		),
	};
}

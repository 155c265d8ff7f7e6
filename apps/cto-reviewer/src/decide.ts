/** Where the queue stands before any change is looked at: answers, questions that ran out, what was left in the middle. */
import { type Change, type DataOf, type Entry, own, toMs } from "@shopfloor/core";
import { lookAgain, poisonous, taskCancelled, uncounted } from "./messages.ts";

export interface Snapshot {
	readonly nowMs: number;
	readonly changes: readonly Change[];
	readonly dossiers: readonly Known[];
	/** Seq of the last answer that was heard. */
	readonly heard: number;
	/** What woke the process. */
	readonly because: readonly Entry[];
	/** Tasks that a person cancelled: who and why, in the scheduler's words. */
	readonly cancelled: Readonly<Record<string, string>>;
}

/** Of a change, what is remembered and matters here. */
export interface Known {
	readonly change: string;
	readonly commit: string;
	readonly question?: { readonly approval: string; readonly expires: string } | undefined;
	readonly outcome?: { readonly kind: string } | undefined;
}

export type Action =
	/** A person's word that counts. */
	| {
			readonly kind: "hear";
			readonly change: string;
			readonly seq: number;
			readonly answer: "approve" | "reject";
			readonly by: string;
			readonly note: string | undefined;
	  }
	| { readonly kind: "pass-over"; readonly seq: number; readonly alert: DataOf<"alert"> }
	| { readonly kind: "expire"; readonly change: string; readonly approval: string }
	| TurnAway
	/** Back to the beginning: nobody is at it any more. */
	| { readonly kind: "return"; readonly change: string }
	| { readonly kind: "give-up"; readonly change: string; readonly alert: DataOf<"alert"> }
	/** A person wants it looked at as if for the first time. */
	| { readonly kind: "look-again"; readonly change: string; readonly reason: string }
	/** The log has their story. */
	| { readonly kind: "clear"; readonly changes: readonly string[] };

/** Nobody wants it any more. */
export interface TurnAway {
	readonly kind: "turn-away";
	readonly change: string;
	readonly reason: string;
}

/** So often a review is begun without coming to an end. */
export const attemptsMax = 3;

export function decide(snapshot: Snapshot): Action[] {
	const heard = answers(snapshot);
	const answered = heard.flatMap((action) => (action.kind === "hear" ? [action.change] : []));
	const over = ranOut(snapshot, answered);
	const asked = snapshot.dossiers.flatMap(({ change, question }) => (question === undefined ? [] : [change]));
	const open = asked.filter((id) => !over.some(({ change }) => change === id));
	return [...heard, ...over, ...left(snapshot), ...again(snapshot, open), ...unwanted(snapshot), ...old(snapshot)];
}

/** Bound to the open question, its commit, and its time; the first one counts. */
function answers({ because, heard, dossiers, changes }: Snapshot): Action[] {
	const counted = new Set<string>();
	return because.flatMap((entry): Action[] => {
		if (entry.type !== "approval_given" || entry.seq <= heard) return [];
		const { approval, commit, answer, note } = entry.data;
		const known = dossiers.find(({ question }) => question?.approval === approval);
		const left = known === undefined && answer === "reject" ? changes.find((one) => isLeft(one, entry)) : undefined;
		if (left !== undefined) return [{ kind: "hear", change: left.id, seq: entry.seq, answer, by: entry.by, note }];
		const why = fault();
		if (known === undefined || why !== undefined)
			return [{ kind: "pass-over", seq: entry.seq, alert: uncounted(approval, entry.by, why ?? "") }];
		counted.add(approval);
		return [{ kind: "hear", change: known.change, seq: entry.seq, answer, by: entry.by, note }];

		function fault(): string | undefined {
			if (known?.question === undefined || counted.has(approval)) return "no question of that name is open";
			if (known.commit !== commit)
				return `it names ${commit.slice(0, 12)}, and ${known.commit.slice(0, 12)} was asked about`;
			if (toMs(entry.ts) >= toMs(known.question.expires)) return "it came after the question had run out";
			return undefined;
		}

		/** It waits for a person, and no question about it is open: to turn it away needs none. */
		function isLeft({ id, status, commit: at }: Change, { ts }: Entry): boolean {
			const asked = dossiers.find(({ change }) => change === id)?.question;
			const isOpen = asked !== undefined && toMs(ts) < toMs(asked.expires);
			return at === commit && (status === "poisonous" || (status === "asked" && !isOpen));
		}
	});
}

/** An answer that was given in time may still be on its way here. */
const graceMs = 60_000;

function ranOut({ dossiers, nowMs }: Snapshot, answered: readonly string[]): Extract<Action, { kind: "expire" }>[] {
	return dossiers.flatMap(({ change, question }) =>
		question !== undefined && !answered.includes(change) && toMs(question.expires) + graceMs <= nowMs
			? [{ kind: "expire", change, approval: question.approval }]
			: [],
	);
}

/** Whoever was at it died. What had been decided by then is done, and not decided again. */
function left({ changes, dossiers }: Snapshot): Action[] {
	return changes.flatMap((change): Action[] => {
		if (change.status !== "reviewing") return [];
		const known = dossiers.find((one) => one.change === change.id && one.commit === change.commit);
		if (known?.outcome !== undefined) return [];
		if (change.attempts < attemptsMax) return [{ kind: "return", change: change.id }];
		return [{ kind: "give-up", change: change.id, alert: poisonous(change) }];
	});
}

/** One that waits for an answer waits on; one that was parked, or given up, is taken up. */
function again({ because, changes }: Snapshot, open: readonly string[]): Action[] {
	const named = new Set(
		because.flatMap((entry) => (entry.type === "trigger" && entry.data.what === "review" ? [entry.data.note] : [])),
	);
	return changes.flatMap(({ id, status }): Action[] => {
		if (!named.has(id)) return [];
		const isParked = status === "asked" && !open.includes(id);
		return isParked || status === "poisonous" ? [{ kind: "look-again", change: id, reason: lookAgain }] : [];
	});
}

/** What its task was cancelled for does not land. One that is landing may be on the base already. */
export function unwanted({ changes, dossiers, cancelled }: Snapshot): TurnAway[] {
	return changes.flatMap(({ id, task, status }) => {
		const how = own(cancelled, task ?? "");
		const outcome = dossiers.find(({ change }) => change === id)?.outcome?.kind;
		const isOver = isDecided(status) || status === "landing" || outcome === "landed" || outcome === "rejected";
		return how === undefined || isOver ? [] : [{ kind: "turn-away", change: id, reason: taskCancelled(how) }];
	});
}

const keptMs = 7 * 24 * 60 * 60_000;
const keptMost = 500;

function old({ changes, dossiers, nowMs }: Snapshot): Action[] {
	const decided = changes
		.filter(({ id, status }) => isDecided(status) && !dossiers.some(({ change }) => change === id))
		.sort((one, other) => toMs(other.changed) - toMs(one.changed));
	const gone = decided.filter(({ changed }, index) => index >= keptMost || nowMs - toMs(changed) > keptMs);
	return gone.length === 0 ? [] : [{ kind: "clear", changes: gone.map(({ id }) => id) }];
}

export function isDecided(status: Change["status"]): boolean {
	return status === "landed" || status === "rejected" || status === "missing";
}

/**
 * What is known of a change: from the review queue while it stands there, from the log after that. Anything may name it
 * that a person has before their eyes: its id, its branch, the beginning of its commit, or of the one that landed.
 */
import type { DataOf, Entry, EntryType } from "../../model/entry.ts";
import { toMs } from "../../model/instant.ts";
import type { Change } from "../../model/review-queue.ts";

export interface KnownChange {
	readonly id: string;
	/** Besides what the queue says: `reverted`, and `unknown` of one that only the log remembers half. */
	readonly status: Change["status"] | "reverted" | "unknown";
	readonly session: string | null;
	readonly task: string | null;
	readonly branch: string;
	readonly commit: string;
	/** Null for one that a person landed by hand. */
	readonly base: string | null;
	readonly title: string | null;
	readonly created: string;
	readonly changed: string;
	readonly files: readonly string[] | null;
	readonly size: Change["size"] | null;
	readonly usd: number | null;
	/** What keeps it, or why it was sent back. */
	readonly reasons: readonly string[];
	/** On the base, where it is there. */
	readonly landed: DataOf<"change_landed"> | null;
}

export interface ChangeRecords {
	readonly queue: readonly Change[];
	/** Of `entriesAbout`, oldest first. */
	readonly entries: readonly Entry[];
}

/** What the log says of changes. */
export const entriesAbout: readonly EntryType[] = [
	"ralph_cycle",
	"change_pushed",
	"cto_review",
	"approval_asked",
	"approval_given",
	"approval_expired",
	"change_landed",
	"change_rejected",
	"change_reverted",
];

type Found =
	| { readonly kind: "change"; readonly change: KnownChange }
	| { readonly kind: "several"; readonly ids: readonly string[] }
	| { readonly kind: "none" };

export function findChange(word: string, records: ChangeRecords): Found {
	const known = knownChanges(records);
	const exact = known.find(({ id }) => id === word) ?? known.findLast(({ branch }) => branch === word);
	if (exact !== undefined) return { kind: "change", change: exact };
	const begun = known.filter((change) => isBeginning(word, change));
	const [only] = begun;
	if (only === undefined) return { kind: "none" };
	return begun.length === 1 ? { kind: "change", change: only } : { kind: "several", ids: begun.map(({ id }) => id) };
}

function isBeginning(word: string, { id, commit, landed }: KnownChange): boolean {
	if (word.length < letters) return false;
	return [id, commit, landed?.commit ?? ""].some((name) => name.startsWith(word));
}

/** Of a commit; fewer may be any of many. */
const letters = 4;

/** Oldest first. */
export function knownChanges({ queue, entries }: ChangeRecords): KnownChange[] {
	const known = new Map<string, KnownChange>();
	for (const entry of entries) {
		const id = changeOf(entry);
		if (id === undefined) continue;
		const next = told(known.get(id), entry);
		if (next !== undefined) known.set(id, next);
	}
	for (const change of queue) known.set(change.id, queued(change, known.get(change.id)));
	return [...known.values()].sort((a, b) => toMs(a.created) - toMs(b.created));
}

function changeOf(entry: Entry): string | undefined {
	switch (entry.type) {
		case "change_pushed":
		case "change_landed":
		case "change_rejected":
		case "change_reverted":
			return entry.data.change;
		default:
			return entry.type === "ralph_cycle" ? entry.data.change : undefined;
	}
}

function told(before: KnownChange | undefined, entry: Entry): KnownChange | undefined {
	switch (entry.type) {
		case "change_pushed": {
			const { change: id, session, task, branch, commit, base } = entry.data;
			const pushed = { session, task, branch, commit, base, created: entry.ts, changed: entry.ts };
			return { ...(before ?? blank), id, status: "unknown", ...pushed };
		}
		case "ralph_cycle":
			return before && { ...before, title: entry.data.title ?? before.title, files: entry.data.files ?? before.files };
		case "change_landed": {
			const { change: id, session = before?.session ?? null, task } = entry.data;
			// One that was landed by hand was never pushed, and is called after its branch.
			const byHand = { ...blank, id, branch: id, commit: entry.data.commit, created: entry.ts };
			return {
				...(before ?? byHand),
				status: "landed",
				session,
				task: task ?? before?.task ?? null,
				changed: entry.ts,
				landed: entry.data,
			};
		}
		case "change_rejected":
			return before && { ...before, status: "rejected", changed: entry.ts, reasons: entry.data.reasons };
		case "change_reverted":
			return before && { ...before, status: "reverted", changed: entry.ts, reasons: [entry.data.reason] };
		default:
			return before;
	}
}

const blank: Omit<KnownChange, "id"> = {
	status: "unknown",
	session: null,
	task: null,
	branch: "",
	commit: "",
	base: null,
	title: null,
	created: "",
	changed: "",
	files: null,
	size: null,
	usd: null,
	reasons: [],
	landed: null,
};

/** The queue has the last word, but for what came after it was decided. */
function queued(change: Change, before: KnownChange | undefined): KnownChange {
	const { id, session, task, branch, commit, base, title, created, changed, reasons } = change;
	const reverted = before?.status === "reverted";
	return {
		id,
		status: reverted ? "reverted" : change.status,
		session,
		task,
		branch,
		commit,
		base,
		title,
		created,
		changed: reverted ? before.changed : changed,
		files: change.files ?? before?.files ?? null,
		size: change.size ?? null,
		usd: change.usd ?? null,
		reasons: reverted ? before.reasons : reasons,
		landed: before?.landed ?? null,
	};
}

/** Those about which something is still to be said. */
export function isUndecided({ status }: Pick<Change, "status">): boolean {
	return !["landed", "rejected", "missing"].includes(status);
}

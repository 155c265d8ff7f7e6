/** Everything that the log tells of one change, and what of it says how the change stands. */
import type { DataOf, Entry } from "../../model/entry.ts";
import { toMs } from "../../model/instant.ts";

export interface ChangeStory {
	/** Oldest first. */
	readonly entries: readonly Entry[];
	/** The cycle that made it. */
	readonly cycle: DataOf<"ralph_cycle"> | null;
	/** The reviewer's last word. */
	readonly review: DataOf<"cto_review"> | null;
	/** The last question about it, and what became of that. */
	readonly question: Question | null;
	/** The key of the last proof that is spoken of. */
	readonly receipt: string | null;
}

export type Answer = DataOf<"approval_given">["answer"];

export interface Question extends DataOf<"approval_asked"> {
	readonly state: "open" | "answered" | "expired";
	readonly answer: (DataOf<"approval_given"> & { readonly by: string; readonly at: string }) | null;
}

export function changeStory(id: string, all: readonly Entry[], nowMs: number): ChangeStory {
	const approvals = new Set(
		all.flatMap((entry) => (entry.type === "approval_asked" && entry.data.change === id ? entry.data.approval : [])),
	);
	const entries = all.filter((entry) => isAbout(entry, id, approvals));
	const last = <T extends Entry["type"]>(type: T) =>
		(entries.findLast((entry) => entry.type === type)?.data as DataOf<T> | undefined) ?? null;
	const question = questionIn(entries, nowMs);
	return {
		entries,
		cycle: last("ralph_cycle"),
		review: last("cto_review"),
		question,
		receipt: last("change_landed")?.receipt ?? question?.receipt ?? null,
	};
}

function isAbout(entry: Entry, id: string, approvals: ReadonlySet<string>): boolean {
	switch (entry.type) {
		case "approval_given":
		case "approval_expired":
			return approvals.has(entry.data.approval);
		case "ralph_cycle":
		case "change_pushed":
		case "cto_review":
		case "approval_asked":
		case "change_landed":
		case "change_rejected":
		case "change_reverted":
			return entry.data.change === id;
		default:
			return false;
	}
}

/** One that nobody has closed is over all the same when its time is. */
function questionIn(entries: readonly Entry[], nowMs: number): Question | null {
	const asked = entries.findLast((entry) => entry.type === "approval_asked");
	if (asked?.type !== "approval_asked") return null;
	const after = entries.filter(({ seq }) => seq > asked.seq);
	for (const entry of after) {
		if (entry.type === "approval_given" && entry.data.approval === asked.data.approval)
			return { ...asked.data, state: "answered", answer: { ...entry.data, by: entry.by, at: entry.ts } };
		if (entry.type === "approval_expired" && entry.data.approval === asked.data.approval)
			return { ...asked.data, state: "expired", answer: null };
	}
	const isOver = toMs(asked.data.expires) <= nowMs;
	return { ...asked.data, state: isOver ? "expired" : "open", answer: null };
}

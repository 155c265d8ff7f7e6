/** What a span of time came to: one pass over its entries. Pure. */
import type { DataOf, Entry, EntryType, Task } from "@shopfloor/core";
import { isOpen } from "@shopfloor/core/person";

type Outcome = DataOf<"ralph_cycle">["outcome"];

export interface Counted {
	readonly what: string;
	readonly count: number;
}

export interface Report {
	readonly since: string;
	readonly at: string;
	readonly cycles: Readonly<Record<Outcome, number>> & { readonly all: number };
	/** Why cycles brought nothing, the most frequent first; alike but for their numbers is the same. */
	readonly discarded: readonly Counted[];
	readonly failed: readonly Counted[];
	readonly rejected: readonly Counted[];
	readonly changes: {
		readonly pushed: number;
		/** By the factory; what a person landed by hand is counted apart. */
		readonly landed: number;
		readonly byHand: number;
		readonly rejected: number;
		readonly reverted: number;
		/** Of those that landed in this span, the ones that still stand. */
		readonly standing: number;
	};
	readonly spent: {
		readonly usd: number;
		readonly estimatedUsd: number;
		readonly calls: number;
		/** Null where nothing landed. */
		readonly perLandedUsd: number | null;
	};
	readonly tasks: {
		/** In this span. */
		readonly asked: number;
		readonly done: number;
		readonly setAside: number;
		/** At this moment. */
		readonly openNow: number;
		readonly setAsideNow: number;
	};
	readonly sessions: readonly SessionShare[];
	/** Not everything was counted, but only the newest entries. */
	readonly isCut: boolean;
}

interface SessionShare {
	readonly name: string;
	readonly cycles: number;
	readonly pushed: number;
	readonly landed: number;
	readonly usd: number;
}

/** What a report is made of. */
export const reported: readonly EntryType[] = [
	"ralph_cycle",
	"change_pushed",
	"change_landed",
	"change_rejected",
	"change_reverted",
	"agent_called",
	"task_requested",
	"task_settled",
];

export interface Span {
	readonly since: string;
	readonly at: string;
	readonly entries: readonly Entry[];
	readonly isCut: boolean;
	/** As the queue is now. */
	readonly tasks: readonly Task[];
}

export function reportOf({ since, at, entries, isCut, tasks }: Span): Report {
	const cycles = { all: 0, pushed: 0, discarded: 0, idle: 0, limited: 0, failed: 0 };
	const why = { discarded: counter(), failed: counter(), rejected: counter() };
	const landed = new Set<string>();
	const reverted = new Set<string>();
	const changes = { pushed: 0, landed: 0, byHand: 0, rejected: 0, reverted: 0 };
	const spent = { usd: 0, estimatedUsd: 0, calls: 0 };
	const asked = { asked: 0, done: 0, setAside: 0 };
	const shares = new Map<string, { cycles: number; pushed: number; landed: number; usd: number }>();
	const shareOf = (name: string) => {
		const share = shares.get(name) ?? { cycles: 0, pushed: 0, landed: 0, usd: 0 };
		shares.set(name, share);
		return share;
	};
	for (const entry of entries) count(entry);
	return {
		since,
		at,
		cycles,
		discarded: why.discarded.most(),
		failed: why.failed.most(),
		rejected: why.rejected.most(),
		changes: { ...changes, standing: [...landed].filter((id) => !reverted.has(id)).length },
		spent: { ...spent, perLandedUsd: changes.landed === 0 ? null : spent.usd / changes.landed },
		tasks: {
			...asked,
			openNow: tasks.filter((task) => isOpen(task) && task.status !== "set-aside").length,
			setAsideNow: tasks.filter(({ status }) => status === "set-aside").length,
		},
		sessions: [...shares]
			.map(([name, share]) => ({ name, ...share }))
			.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true })),
		isCut,
	};

	function count(entry: Entry): void {
		switch (entry.type) {
			case "ralph_cycle": {
				const { session, outcome, reason, usd } = entry.data;
				cycles.all += 1;
				cycles[outcome] += 1;
				if (outcome === "discarded" || outcome === "failed") why[outcome].add(reason);
				const share = shareOf(session);
				share.cycles += 1;
				share.usd += usd;
				return;
			}
			case "change_pushed":
				changes.pushed += 1;
				shareOf(entry.data.session).pushed += 1;
				return;
			case "change_landed": {
				const { change, session } = entry.data;
				if (session === undefined) {
					changes.byHand += 1;
					return;
				}
				changes.landed += 1;
				landed.add(change);
				shareOf(session).landed += 1;
				return;
			}
			case "change_rejected":
				changes.rejected += 1;
				for (const reason of entry.data.reasons) why.rejected.add(reason);
				return;
			case "change_reverted":
				changes.reverted += 1;
				reverted.add(entry.data.change);
				return;
			case "agent_called": {
				const { usd, estimated } = entry.data;
				spent.usd += usd;
				spent.estimatedUsd += estimated ? usd : 0;
				spent.calls += 1;
				return;
			}
			case "task_requested":
				asked.asked += 1;
				return;
			case "task_settled":
				if (entry.data.outcome === "done") asked.done += 1;
				if (entry.data.outcome === "set-aside") asked.setAside += 1;
				return;
		}
	}
}

/** Counts sentences; of those that are alike but for their numbers the newest stands for all. */
function counter() {
	const counts = new Map<string, { what: string; count: number }>();
	return {
		add(what: string): void {
			const key = what.replace(/\d+/g, "#").slice(0, keyLength);
			counts.set(key, { what, count: (counts.get(key)?.count ?? 0) + 1 });
		},
		most: (): Counted[] => [...counts.values()].sort((a, b) => b.count - a.count),
	};
}

/** Where two reasons begin alike for so long, they differ in their evidence only. */
const keyLength = 120;

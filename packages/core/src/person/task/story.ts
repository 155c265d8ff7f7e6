/** Everything that the log tells of one task: its own entries, its cycles, and what became of its changes. */
import type { Entry } from "../../model/entry.ts";
import { requestSeqOf } from "./task-id.ts";

export interface TaskStory {
	/** Whether the entry belongs to it. Asked in the log's order: a change is known by the entry that pushed it. */
	add(entry: Entry): void;
	/** Oldest first, and at most so many. */
	entries(): readonly Entry[];
	usd(): number;
	calls(): number;
}

export function taskStory(task: string): TaskStory {
	const entries: Entry[] = [];
	const changes = new Set<string>();
	const approvals = new Set<string>();
	const requestSeq = requestSeqOf(task);
	let usd = 0;
	let calls = 0;
	return {
		add(entry) {
			if (entry.type === "agent_called" && entry.data.task === task) {
				usd += entry.data.usd;
				calls += 1;
			}
			if (!belongs(entry)) return;
			entries.push(entry);
			if (entries.length > entriesMax) entries.shift();
		},
		entries: () => entries,
		usd: () => usd,
		calls: () => calls,
	};

	function belongs(entry: Entry): boolean {
		switch (entry.type) {
			case "task_requested":
				return entry.seq === requestSeq;
			case "task_order":
			case "task_queued":
			case "task_assigned":
			case "task_settled":
			case "ralph_cycle":
				return entry.data.task === task;
			case "change_pushed":
				if (entry.data.task === task) changes.add(entry.data.change);
				return entry.data.task === task;
			case "approval_asked":
				if (changes.has(entry.data.change)) approvals.add(entry.data.approval);
				return changes.has(entry.data.change);
			case "approval_given":
			case "approval_expired":
				return approvals.has(entry.data.approval);
			case "cto_review":
			case "change_landed":
			case "change_rejected":
			case "change_reverted":
				return changes.has(entry.data.change);
			default:
				return false;
		}
	}
}

/** More than any task comes to before it is set aside; what a loop writes beyond that is cut at its beginning. */
const entriesMax = 500;

import type { DataOf, Entry, Seq } from "../entry.ts";
import { own } from "../own.ts";

export interface SessionState {
	readonly task: string | null;
	readonly outcome: string | null;
	readonly reason: string;
	readonly at: string;
	readonly cycles: number;
	readonly cyclesSinceLanding: number;
	readonly usd: number;
	/** The doctor's last word. */
	readonly class?: string;
}

/** A cycle that is under way, or whose process died in the middle of it. */
export type Cycle = Omit<DataOf<"cycle_step">, "session"> & { readonly at: string; readonly seq: number };

export interface Work {
	/** By session. Others leave the files of a cycle alone until it is over. */
	readonly cycles: Readonly<Record<string, Cycle>>;
	readonly sessions: Readonly<Record<string, SessionState>>;
	/** Tasks that are queued or assigned, by id: the session that has it, or null. */
	readonly tasks: Readonly<Record<string, string | null>>;
	/** When each of them was queued or given last: what is said once of a task is said once each time. Not in old checkpoints. */
	readonly tasksAt?: Readonly<Record<string, Seq>>;
	/** Changes between pushed and decided, by id. */
	readonly changes: Readonly<
		Record<string, { readonly session: string; readonly status: string; readonly at: string }>
	>;
	/** Questions that wait for a person. */
	readonly approvals: Readonly<
		Record<
			string,
			{ readonly change: string; readonly commit: string; readonly question: string; readonly expires: string }
		>
	>;
}

export const noWork: Work = { cycles: {}, sessions: {}, tasks: {}, tasksAt: {}, changes: {}, approvals: {} };

/** The queues hold the truth about what is open; the fold keeps what a page can show. */
const openKept = 1_000;

const fresh: SessionState = {
	task: null,
	outcome: null,
	reason: "",
	at: "",
	cycles: 0,
	cyclesSinceLanding: 0,
	usd: 0,
};

export function foldWork(work: Work, entry: Entry): Work {
	switch (entry.type) {
		case "task_queued":
			return { ...work, ...openTask(work, entry.data.task, null, entry.seq) };
		case "task_assigned":
			return {
				...work,
				...openTask(work, entry.data.task, entry.data.session, entry.seq),
				sessions: session(work, entry.data.session, { task: entry.data.task, at: entry.ts }),
			};
		case "task_settled": {
			const holder = own(work.tasks, entry.data.task) ?? entry.data.session ?? null;
			const isOpen = entry.data.outcome === "returned";
			const tasks = isOpen ? { ...work.tasks, [entry.data.task]: null } : without(work.tasks, entry.data.task);
			const freed = holder !== null && own(work.sessions, holder)?.task === entry.data.task;
			return {
				...work,
				tasks: bounded(tasks),
				...(isOpen ? {} : { tasksAt: without(work.tasksAt ?? {}, entry.data.task) }),
				sessions: freed ? session(work, holder, { task: null }) : work.sessions,
			};
		}
		case "cycle_step": {
			const { session: name, ...step } = entry.data;
			return { ...work, cycles: bounded({ ...work.cycles, [name]: { ...step, at: entry.ts, seq: entry.seq } }) };
		}
		case "ralph_cycle": {
			const { session: name, outcome, reason, usd } = entry.data;
			const before = own(work.sessions, name) ?? fresh;
			return {
				...work,
				cycles: without(work.cycles, name),
				sessions: session(work, name, {
					outcome,
					reason,
					at: entry.ts,
					cycles: before.cycles + 1,
					cyclesSinceLanding: before.cyclesSinceLanding + 1,
					usd: before.usd + usd,
				}),
			};
		}
		case "doctor_analysis":
			return { ...work, sessions: session(work, entry.data.session, { class: entry.data.class }) };
		case "change_pushed":
			return change(work, entry.data.change, { session: entry.data.session, status: "pending", at: entry.ts });
		case "cto_review": {
			const before = own(work.changes, entry.data.change);
			return before ? change(work, entry.data.change, { ...before, status: entry.data.decision, at: entry.ts }) : work;
		}
		case "change_landed": {
			const author = entry.data.session ?? own(work.changes, entry.data.change)?.session;
			const next = { ...work, changes: without(work.changes, entry.data.change) };
			return author === undefined ? next : { ...next, sessions: session(work, author, { cyclesSinceLanding: 0 }) };
		}
		case "change_rejected":
			return { ...work, changes: without(work.changes, entry.data.change) };
		case "approval_asked": {
			const { approval, change: id, commit, question, expires } = entry.data;
			return {
				...work,
				approvals: bounded({ ...work.approvals, [approval]: { change: id, commit, question, expires } }),
			};
		}
		case "approval_given":
		case "approval_expired":
			return { ...work, approvals: without(work.approvals, entry.data.approval) };
		default:
			return work;
	}
}

function openTask(
	{ tasks, tasksAt = {} }: Work,
	task: string,
	session: string | null,
	seq: Seq,
): Pick<Work, "tasks" | "tasksAt"> {
	return { tasks: bounded({ ...tasks, [task]: session }), tasksAt: bounded({ ...tasksAt, [task]: seq }) };
}

function session(work: Work, name: string, patch: Partial<SessionState>): Work["sessions"] {
	return { ...work.sessions, [name]: { ...(own(work.sessions, name) ?? fresh), ...patch } };
}

function change(work: Work, id: string, state: Work["changes"][string]): Work {
	return { ...work, changes: bounded({ ...work.changes, [id]: state }) };
}

function without<V>(record: Readonly<Record<string, V>>, key: string): Readonly<Record<string, V>> {
	if (!Object.hasOwn(record, key)) return record;
	const { [key]: _gone, ...rest } = record;
	return rest;
}

/** Keeps the newest: objects remember the order in which text keys were added. */
function bounded<V>(record: Readonly<Record<string, V>>): Readonly<Record<string, V>> {
	const keys = Object.keys(record);
	return keys.length <= openKept ? record : without(record, keys[0] ?? "");
}

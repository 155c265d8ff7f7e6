/**
 * What others said in the log, brought into the queue. Pure.
 *
 * In one step a task makes one move, because the queue takes no others. Where the log says more of it, the rest is left
 * for the next step; and an entry that needs two moves (a landed change of a task that waits) is read again for each.
 */
import { type Draft, type Entry, own, type Seq, type Task } from "@shopfloor/core";
import { failed, retried, returned, sentence, setAside } from "./attempt.ts";
import { budgetSpent, cancelled, cannotOrder, landed, orderUnknown, scaled, scaleRefused } from "./messages.ts";
import type { Remembered } from "./remembered.ts";
import { answerTo, idOf, isEnded, Known } from "./request.ts";
import { bounced, forgotten, interruptedAgain, rested } from "./resting.ts";

/** Entries that change the queue, or what the scheduler remembers of its sessions. */
export function concernsTasks(entry: Entry): boolean {
	switch (entry.type) {
		case "task_requested":
		case "task_order":
		case "ralph_cycle":
		case "change_landed":
		case "change_rejected":
		case "resumed":
			return entry.by !== self;
		case "process_started":
			return entry.by.startsWith("ralph-");
		case "trigger":
			return entry.data.what === "scale";
		case "budget_reached":
			return entry.data.scope === "task";
		default:
			return false;
	}
}

const self = "scheduler";

export interface Said {
	readonly tasks: readonly Task[];
	readonly remembered: Remembered;
	/** In the order of the log, all of them after `remembered.handled`. */
	readonly entries: readonly Entry[];
	/** By change: the task that it is for. */
	readonly taskOf: Readonly<Record<string, string>>;
	/** As configured. */
	readonly sessions: readonly string[];
	readonly now: string;
}

export interface Folded {
	/** By id: the tasks that moved, as they are by now. */
	readonly moved: ReadonlyMap<string, Task>;
	readonly drafts: readonly Draft[];
	readonly remembered: Remembered;
	/** For the next step. */
	readonly left: readonly Entry[];
}

export function foldSaid(said: Said): Folded {
	const tasks = new Map(said.tasks.map((task) => [task.id, task]));
	const moved = new Map<string, Task>();
	const drafts: Draft[] = [];
	let { remembered } = said;
	let known: Known | undefined;
	const knownByNow = () => {
		known ??= new Known(tasks.values());
		return known;
	};
	for (const [index, entry] of said.entries.entries()) {
		const effect = effectOf(entry, { ...said, tasks, remembered, known: knownByNow });
		const { task } = effect;
		if (task !== undefined && moved.has(task.id)) return { moved, drafts, remembered, left: said.entries.slice(index) };
		if (task !== undefined) {
			tasks.set(task.id, task);
			moved.set(task.id, task);
			if (entry.type === "task_requested") knownByNow().add(task);
		}
		if (effect.again) return { moved, drafts, remembered, left: said.entries.slice(index) };
		drafts.push(...(effect.drafts ?? []));
		remembered = { ...(effect.remembered ?? remembered), handled: entry.seq };
	}
	return { moved, drafts, remembered, left: [] };
}

interface Present extends Omit<Said, "tasks" | "entries"> {
	readonly tasks: ReadonlyMap<string, Task>;
	known(): Known;
}

interface Effect {
	readonly task?: Task;
	readonly drafts?: readonly Draft[];
	readonly remembered?: Remembered;
	/** The entry needs another move. */
	readonly again?: true;
}

const nothing: Effect = {};

function effectOf(entry: Entry, present: Present): Effect {
	switch (entry.type) {
		case "task_requested":
			return afterRequest(entry, present);
		case "task_order":
			return afterOrder(entry, present);
		case "ralph_cycle":
			return afterCycle(entry, present);
		case "change_landed":
			return afterLanding(entry, present);
		case "change_rejected":
			return afterRejection(entry, present);
		case "process_started":
			return { remembered: rested(present.remembered, ({ name, session }) => [name, session].includes(entry.by)) };
		case "resumed":
			// What was cut off by a stop is nobody's trouble, and what lay in the way may be out of it.
			return { remembered: rested(present.remembered, () => true) };
		case "trigger":
			return afterScale(entry, present);
		case "budget_reached":
			return afterBudget(entry, present);
		default:
			return nothing;
	}
}

type Of<T extends Entry["type"]> = Extract<Entry, { type: T }>;

function afterRequest(entry: Of<"task_requested">, { tasks, known, now }: Present): Effect {
	const id = idOf(entry);
	if (tasks.has(id)) return nothing;
	const answer = answerTo(entry, tasks, known(), now);
	if (answer.kind === "refused") return { drafts: [settled({ id }, "refused", answer.reason, entry.seq)] };
	const { task } = answer;
	return { task, drafts: [queued(task, entry.seq)] };
}

function afterOrder({ seq, by, data }: Of<"task_order">, { tasks, remembered, now }: Present): Effect {
	const task = tasks.get(data.task);
	const refuse = (message: string): Effect => ({
		drafts: [note(`order-refused:${seq}`, "order-refused", data.task, message)],
	});
	if (task === undefined) return refuse(orderUnknown(data.task));
	if (data.order === "cancel") {
		if (isEnded(task)) return refuse(cannotOrder(data.order, task));
		const reason = cancelled(by, data.reason);
		const next: Task = { ...task, status: "cancelled", changed: now, reason };
		return { task: next, drafts: [settled(task, "cancelled", reason, seq)] };
	}
	if (task.status !== "set-aside" && task.status !== "waiting") return refuse(cannotOrder(data.order, task));
	const next = retried(task, tasks, now);
	return { task: next, drafts: [queued(next, seq)], remembered: forgotten(remembered, (id) => id === next.id) };
}

function afterCycle({ seq, ts, data }: Of<"ralph_cycle">, present: Present): Effect {
	const { session, outcome, reason } = data;
	const task = present.tasks.get(data.task ?? "");
	// It was taken from a session that seemed to be gone, and nobody else began: whoever did it has it.
	if (outcome === "pushed" && task?.status === "waiting")
		return { task: given(task, session, present.now), again: true };
	const mine = task !== undefined && isWith(task, session) ? task : undefined;
	// From whom its task was taken is free for the next.
	if (outcome === "limited" && data.task !== null && mine === undefined) return nothing;
	const remembered =
		outcome === "limited"
			? bounced(present.remembered, { session, task: mine, at: ts })
			: rested(present.remembered, ({ name }) => name === session || name === mine?.id);
	const decided = outcome === "discarded" ? withDecision(remembered, "-") : remembered;
	if (mine === undefined) return { remembered: decided };
	const isCutOff = outcome === "failed" && reason.startsWith("interrupted");
	const counted = isCutOff ? interruptedAgain(decided, mine) : { remembered: decided, isForgiven: false };
	const next = counted.isForgiven
		? returned(mine, present.now)
		: afterOutcome(mine, session, outcome, reason, present.now);
	const drafts = next.status === "pushed" ? [] : [came(next, session, reason, seq)];
	return { task: next, drafts, remembered: counted.remembered };
}

function afterOutcome(
	task: Task,
	session: string,
	outcome: Of<"ralph_cycle">["data"]["outcome"],
	reason: string,
	now: string,
): Task {
	switch (outcome) {
		case "pushed":
			return { ...task, status: "pushed", changed: now };
		case "limited":
			return returned(task, now);
		case "discarded":
		case "idle":
		case "failed":
			return failed(task, session, reason, now);
	}
}

function afterLanding({ seq, data }: Of<"change_landed">, { tasks, remembered, now }: Present): Effect {
	const decided = withDecision(remembered, "+");
	const task = tasks.get(data.task ?? "");
	if (task === undefined || isEnded(task)) return { remembered: decided };
	if (task.status === "set-aside") return { task: returned(task, now), again: true };
	if (task.status === "waiting") return { task: given(task, data.session ?? task.source, now), again: true };
	const { reason: _past, ...rest } = task;
	const drafts = [settled(task, "done", landed(data.commit), seq)];
	return { task: { ...rest, status: "done", changed: now }, drafts, remembered: decided };
}

function afterRejection({ seq, data }: Of<"change_rejected">, { tasks, taskOf, remembered, now }: Present): Effect {
	const task = tasks.get(own(taskOf, data.change) ?? "");
	// It says nothing about how well anybody works.
	if (task?.status === "cancelled") return nothing;
	const decided = withDecision(remembered, "-");
	if (task?.status !== "pushed") return { remembered: decided };
	const session = task.session ?? data.session ?? task.source;
	const reason = sentence(data.reasons.join("; "));
	const next = failed(task, session, reason, now);
	return { task: next, drafts: [came(next, session, reason, seq)], remembered: decided };
}

function afterScale({ seq, data }: Of<"trigger">, { remembered, sessions }: Present): Effect {
	const word = data.note?.trim() ?? "";
	const id = `scale:${seq}`;
	if (word !== "auto" && !/^\d{1,2}$/.test(word))
		return { drafts: [note(id, "scale-refused", undefined, scaleRefused(word))] };
	const scale = word === "auto" ? null : Number(word);
	return {
		remembered: { ...remembered, scale },
		drafts: [note(id, "scaled", undefined, scaled(scale, sessions.length))],
	};
}

/** Nobody could do anything about it with what is left. What is pushed is judged by what it is. */
function afterBudget({ seq, data }: Of<"budget_reached">, { tasks, now }: Present): Effect {
	const task = tasks.get(data.subject ?? "");
	if (task?.status !== "waiting" && task?.status !== "assigned") return nothing;
	const reason = budgetSpent(data);
	return { task: setAside(task, reason, now), drafts: [settled(task, "set-aside", reason, seq)] };
}

function isWith({ status, session }: Task, name: string): boolean {
	return status === "assigned" && session === name;
}

function given(task: Task, session: string, changed: string): Task {
	return { ...task, status: "assigned", session, changed };
}

/** So many decisions are looked at together. */
export const decidedKept = 20;

function withDecision(remembered: Remembered, how: "+" | "-"): Remembered {
	return { ...remembered, decided: `${remembered.decided}${how}`.slice(-decidedKept) };
}

function queued({ id, title, request }: Task, cause: Seq): Draft {
	const data = { task: id, title, ...(request === undefined ? {} : { request }) };
	return { type: "task_queued", by: self, id: `task_queued:${id}:${cause}`, data };
}

/** Of a task that nobody works on any more. */
function came(task: Task, session: string, reason: string, cause: Seq): Draft {
	return task.status === "set-aside"
		? settled({ ...task, session }, "set-aside", task.reason ?? reason, cause)
		: settled({ ...task, session }, "returned", reason, cause);
}

/** The cause makes it one entry, however often it is written. */
export function settled(
	{ id, session }: Pick<Task, "id" | "session">,
	outcome: Of<"task_settled">["data"]["outcome"],
	reason: string,
	cause: Seq | string,
): Draft {
	const data = { task: id, ...(session === undefined ? {} : { session }), outcome, reason };
	return { type: "task_settled", by: self, id: `task_settled:${id}:${cause}`, data };
}

function note(id: string, code: string, subject: string | undefined, message: string): Draft {
	const about = subject === undefined ? {} : { subject };
	return { type: "alert", by: self, id, data: { code, severity: "note", message, ...about } };
}

/** A queue, a log and sessions that are only values: turns are taken on it without a floor. */
import {
	type Change,
	type DataOf,
	type Draft,
	type Entry,
	type EntryType,
	emptyState,
	type FactoryState,
	fold,
	type Task,
} from "@shopfloor/core";
import type { MayBegin } from "@shopfloor/core/io";
import { decide, type Snapshot } from "../decide.ts";
import { atFirst, type Remembered } from "../remembered.ts";
import { concernsTasks } from "../said.ts";
import { merged, type Step } from "../step.ts";

const start = Date.UTC(2026, 0, 31, 8, 0, 0);
export const minute = 60_000;

export interface AQueue {
	tasks: readonly Task[];
	remembered: Remembered;
	readonly state: FactoryState;
	nowMs: number;
	/** What holds at every turn from then on. */
	patch: Partial<Snapshot>;
	changes: Change[];
	/** What is published. */
	mayBegin: MayBegin;
	/** Those of all turns. */
	readonly steps: Step[];
	/** Somebody says something; the next turn hears it. Returns its seq. */
	says<T extends EntryType>(type: T, data: DataOf<T>, by?: string): number;
	asks(data?: Partial<DataOf<"task_requested">>): string;
	cycle(session: string, task: string | null, outcome: DataOf<"ralph_cycle">["outcome"], reason?: string): void;
	/** Takes a turn, and returns what was told in it. */
	turn(): Draft[];
	task(id: string): Task | undefined;
	/** Who has what: `t-1:ralph-1`. */
	given(): string[];
}

export function aQueue(sessions = ["ralph-1", "ralph-2"]): AQueue {
	let state = emptyState;
	let said: Entry[] = [];
	let revision = 0;
	const append = (type: EntryType, data: unknown, by: string): Entry => {
		const ts = new Date(queue.nowMs).toISOString();
		const entry = { seq: state.seq + 1, ts, type, by, data, prev: "0".repeat(64) } as Entry;
		state = fold(state, entry);
		return entry;
	};
	const queue: AQueue = {
		tasks: [],
		remembered: atFirst(0),
		nowMs: start,
		patch: {},
		changes: [],
		mayBegin: { held: null, resting: [] },
		steps: [],
		get state() {
			return state;
		},
		says(type, data, by = "cli:ana") {
			const entry = append(type, data, by);
			if (concernsTasks(entry)) said.push(entry);
			return entry.seq;
		},
		asks(data = {}) {
			return `t-${queue.says("task_requested", { title: `task ${state.seq}`, source: "cli", ...data })}`;
		},
		cycle(session, task, outcome, reason = outcome) {
			const data = { session, cycle: 1, task, outcome, reason, usd: 0, durationMs: 1 };
			queue.says("ralph_cycle", data, session);
		},
		turn() {
			const snapshot = aSnapshot(queue, { sessions, said, revision });
			said = [];
			const told: Draft[] = [];
			for (const action of decide(snapshot)) {
				if (action.kind === "publish") queue.mayBegin = action.mayBegin;
				if (action.kind !== "step") continue;
				const { step } = action;
				if (step.moved.length + step.gone.length > 0) revision++;
				if (step.revision !== revision) throw new Error("a step names another revision than it makes");
				if (new Set(step.moved.map(({ id }) => id)).size < step.moved.length)
					throw new Error("a task moved twice at once");
				queue.steps.push(step);
				queue.tasks = merged(queue.tasks, step);
				queue.remembered = step.remembered;
				told.push(...step.drafts);
			}
			for (const { type, data, by } of told) append(type, data, by);
			return told;
		},
		task: (id) => queue.tasks.find((task) => task.id === id),
		given: () => queue.tasks.filter(({ status }) => status === "assigned").map(({ id, session }) => `${id}:${session}`),
	};
	for (const name of ["scheduler", ...sessions])
		queue.says("process_started", { pid: 7, node: "v20", after: "first", crashes: 0 }, name);
	return queue;
}

interface Now {
	readonly sessions: readonly string[];
	readonly said: readonly Entry[];
	readonly revision: number;
}

function aSnapshot({ nowMs, state, tasks, remembered, changes, mayBegin, patch }: AQueue, now: Now): Snapshot {
	const taskOf = Object.fromEntries(changes.flatMap(({ id, task }) => (task === null ? [] : [[id, task]])));
	return {
		...now,
		nowMs,
		now: new Date(nowMs).toISOString(),
		stopUntil: new Date(nowMs + 2 * minute).toISOString(),
		timeOfDay: "12:00",
		state,
		tasks,
		remembered,
		untold: [],
		through: 0,
		taskOf,
		changes,
		mayBegin,
		least: 1,
		absentMs: {},
		machine: aMachine(),
		memoryShare: 0.85,
		memoryStop: 0.95,
		footprintBytes: 0,
		isServed: true,
		quiet: undefined,
		...patch,
	};
}

export function aMachine(usedShare = 0.5): Snapshot["machine"] {
	const limitBytes = 8 * 2 ** 30;
	const memory = { usedBytes: usedShare * limitBytes, limitBytes, usedShare, boundBy: "machine" } as const;
	return { memory, memoryPressure: 0, swapFreeShare: null };
}

/** What was settled, refused and so on, with the reasons: `t-1 refused: a task needs a title`. */
export function settlements(told: readonly Draft[]): string[] {
	return told.flatMap(({ type, data }) => {
		if (type !== "task_settled") return [];
		const { task, outcome, reason } = data as DataOf<"task_settled">;
		return [`${task} ${outcome}: ${reason}`];
	});
}

export function alerts(told: readonly Draft[]): string[] {
	return told.flatMap(({ type, data }) => (type === "alert" ? [(data as DataOf<"alert">).message] : []));
}

export function aChange(patch: Partial<Change>): Change {
	return {
		id: "c-1",
		status: "pending",
		session: "ralph-1",
		task: null,
		branch: "brl/ralph-1/20260131-080000",
		commit: "3f2a",
		base: "9c1d",
		title: "guard the average",
		created: "2026-01-31T08:00:00.000Z",
		changed: "2026-01-31T08:00:00.000Z",
		attempts: 0,
		reasons: [],
		...patch,
	};
}

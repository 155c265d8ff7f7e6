/** Tasks that nobody works on any more although nobody said so, and the one whose agent gives its memory back. Pure. */
import { type Draft, own, type Task, toMs } from "@shopfloor/core";
import { returned } from "./attempt.ts";
import { gone, heldBack, lostChange, memoryOut, notConfigured, wasLanded } from "./messages.ts";
import { settled } from "./said.ts";
import { isGone, type Sight, sessionPause } from "./sight.ts";
import type { Part } from "./step.ts";

export function comingBack(sight: Sight): Part {
	const stop = stopYoungest(sight);
	const lost = sight.tasks.filter(({ id }) => id !== stop?.task?.id).flatMap((task) => lostTask(sight, task) ?? []);
	const back = [...(stop?.task === undefined ? [] : [{ task: stop.task, why: stop.reason }]), ...lost];
	const moved = back.map(({ task, isDone }) => ended(task, sight.now, isDone));
	return {
		moved,
		drafts: [...(stop?.drafts ?? []), ...back.map((one) => toldOf(one, sight))],
		remembered: stop === undefined ? sight.remembered : { ...sight.remembered, stoppedMs: sight.nowMs },
	};
}

interface Back {
	readonly task: Task;
	readonly why: string;
	readonly isDone?: true;
}

function ended(task: Task, now: string, isDone: true | undefined): Task {
	return isDone ? { ...task, status: "done", changed: now } : returned(task, now);
}

function toldOf({ task, why, isDone }: Back, { now }: Sight): Draft {
	return settled(task, isDone ? "done" : "returned", why, now);
}

function lostTask(sight: Sight, task: Task): Back | undefined {
	if (task.status === "pushed") return afterReview(sight, task);
	const { session } = task;
	if (task.status !== "assigned" || session === undefined) return undefined;
	if (!sight.sessions.includes(session)) return { task, why: notConfigured(session) };
	if (isGone(sight, session)) return { task, why: gone(session) };
	const pause = sessionPause(sight, session);
	// A pause lets finish what was begun.
	const isAtIt = own(sight.state.work.cycles, session)?.task === task.id;
	return pause === undefined || (pause.kind === "pause" && isAtIt)
		? undefined
		: { task, why: heldBack(session, pause) };
}

/** Whoever pushes is about to add the change. */
const reviewPatienceMs = 10 * 60_000;

/** Its change was decided, or got lost, and nobody said so. */
function afterReview({ changes, nowMs }: Sight, task: Task): Back | undefined {
	if (nowMs - toMs(task.changed) < reviewPatienceMs) return undefined;
	const mine = changes.filter((change) => change.task === task.id).map(({ status }) => status);
	if (mine.includes("landed")) return { task, why: wasLanded, isDone: true };
	return mine.every((status) => status === "rejected" || status === "missing") ? { task, why: lostChange } : undefined;
}

/** Memory takes a while to come back, and to be seen. */
const stopEveryMs = 60_000;

interface Stop {
	readonly task: Task | undefined;
	readonly reason: string;
	readonly drafts: readonly Draft[];
}

/** Who began last loses least. It may go on when its time is over, and is given something again when there is room. */
function stopYoungest(sight: Sight): Stop | undefined {
	const { machine, memoryStop, nowMs, remembered, tasks } = sight;
	if (machine.memory.usedShare <= memoryStop || Math.abs(nowMs - remembered.stoppedMs) < stopEveryMs) return undefined;
	const [youngest] = cyclesUnderWay(sight).sort((one, other) => other.beganMs - one.beganMs);
	if (youngest === undefined) return undefined;
	const { session } = youngest;
	const alert = memoryOut(session, machine, memoryStop);
	const pause = { scope: session, kind: "stop", reason: alert.message, until: sight.stopUntil } as const;
	return {
		task: tasks.find((task) => task.status === "assigned" && task.session === session),
		reason: alert.message,
		drafts: [
			{ type: "paused", by: "scheduler", id: `memory-stop:${session}:${nowMs}`, data: pause },
			{ type: "alert", by: "scheduler", id: `memory-out:${session}:${nowMs}`, data: alert },
		],
	};
}

function cyclesUnderWay(sight: Sight): { readonly session: string; readonly beganMs: number }[] {
	return sight.sessions
		.filter((session) => own(sight.absentMs, session) === undefined && sessionPause(sight, session)?.kind !== "stop")
		.flatMap((session) => {
			const cycle = own(sight.state.work.cycles, session);
			return cycle === undefined ? [] : [{ session, beganMs: toMs(cycle.began) }];
		});
}

/** Which of those that wait are given to whom, or why none is. Pure. */
import {
	type Assignment,
	assignmentsOf,
	type DataOf,
	type Draft,
	heldFiles,
	own,
	type Task,
	toMs,
} from "@shopfloor/core";
import { setAside } from "./attempt.ts";
import { type Hold, holdOf, isNearlyTight, noRoomHold } from "./hold.ts";
import { fewerActive, foundTrouble, moreActive, waitsForNothing } from "./messages.ts";
import { activeSessions, troubledSessions, turnedPace } from "./pace.ts";
import type { Remembered } from "./remembered.ts";
import { isEnded } from "./request.ts";
import { forgotten, isResting } from "./resting.ts";
import { aboutToBegin, roomNow } from "./room.ts";
import { settled } from "./said.ts";
import { isGone, type Sight, sessionPause } from "./sight.ts";
import { merged, type Part } from "./step.ts";

/** `revision`: the queue's, which tells one time that a task is given from the next. */
export function handingOut(sight: Sight, revision: number): Part {
	const { pace, active } = paced(sight);
	const known = new Map(sight.tasks.map((task) => [task.id, task]));
	const aside = sight.tasks.flatMap((task) => hopeless(task, known) ?? []);
	const asideNow = aside.map(({ task, why }) => setAside(task, why, sight.now));
	const tasks = merged(sight.tasks, { moved: asideNow });
	const { given, held } = assigned({ ...sight, tasks, remembered: pace.remembered }, active);
	const givenNow = given.flatMap(({ task: id, session }): Task[] => {
		const task = known.get(id);
		return task === undefined ? [] : [{ ...task, status: "assigned", session, changed: sight.now }];
	});
	return {
		moved: [...asideNow, ...givenNow],
		gone: outdated(tasks, sight),
		drafts: [
			...pace.drafts,
			...held.drafts,
			...aside.map(({ task, why }) => settled(task, "set-aside", why, `at-${revision}`)),
			...given.map(({ task, session }) => told(task, session, revision)),
		],
		remembered: forgotten(held.remembered, (id) => !mayComeBack(known.get(id))),
	};
}

interface Noted {
	readonly remembered: Remembered;
	readonly drafts: readonly Draft[];
}

function paced(sight: Sight): { readonly pace: Noted; readonly active: readonly string[] } {
	const turned = turnedPace(sight, sight.remembered);
	const found = troubledSessions(sight.sessions, sight.state);
	const remembered = { ...(turned?.remembered ?? sight.remembered), found };
	const active = activeSessions(sight, remembered, found);
	const resting = found.filter((name) => !sight.remembered.found.includes(name) && !active.includes(name));
	const of = `${active.length} of ${sight.sessions.length}`;
	const alerts = [
		...(turned === undefined
			? []
			: [turned.kind === "fewer" ? fewerActive(of, turned.bad) : moreActive(of, turned.bad)]),
		...(resting.length === 0 ? [] : [foundTrouble(of, resting)]),
	];
	return { pace: { remembered, drafts: alerts.map((alert) => alertNow(alert, sight)) }, active };
}

interface Hopeless {
	readonly task: Task;
	readonly why: string;
}

/** What nobody can be given any more, a person has to look at. */
function hopeless(task: Task, known: ReadonlyMap<string, Task>): Hopeless | undefined {
	if (task.status !== "waiting") return undefined;
	const never = task.after?.find((id) => !mayBeDone(known.get(id)));
	return never === undefined ? undefined : { task, why: waitsForNothing(never) };
}

function mayBeDone(task: Task | undefined): boolean {
	return task !== undefined && (!isEnded(task) || task.status === "done");
}

function mayComeBack(task: Task | undefined): boolean {
	return task !== undefined && !isEnded(task);
}

function assigned(sight: Sight, active: readonly string[]): { readonly given: Assignment[]; readonly held: Noted } {
	const { tasks, machine, memoryShare, footprintBytes } = sight;
	const isAwaited = tasks.some(({ status }) => status === "waiting");
	const free = isAwaited ? active.filter((name) => isFree(sight, name)).sort(longestIdleFirst(sight)) : [];
	const room = roomNow(sight);
	const isShort = free.length > 0 && room < 1;
	const hold = holdOf(sight) ?? (isShort ? noRoomHold(machine, memoryShare, footprintBytes) : undefined);
	const held = toldHold(sight, hold);
	if (hold !== undefined) return { given: [], held };
	const openings = {
		tasks: tasks.filter(({ id }) => !isResting(sight.remembered, id, sight.nowMs)),
		free,
		able: active.filter((name) => isAble(sight, name)),
		claimed: claimedFiles(sight),
		most: room - aboutToBegin(sight),
	};
	return { given: assignmentsOf(openings), held };
}

/** Told when it begins, and not again for a memory that goes up and down around its mark. */
function toldHold(sight: Sight, hold: Hold | undefined): Noted {
	const { remembered, machine, memoryShare } = sight;
	if (hold === undefined) {
		const staysNear = remembered.held === "memory" && isNearlyTight(machine, memoryShare);
		return { remembered: staysNear ? remembered : { ...remembered, held: null }, drafts: [] };
	}
	if (hold.kind === remembered.held) return { remembered, drafts: [] };
	const drafts = hold.alert === undefined ? [] : [alertNow(hold.alert, sight)];
	return { remembered: { ...remembered, held: hold.kind }, drafts };
}

/** Sits in its seat, may begin, and has nothing in hand. */
function isFree(sight: Sight, name: string): boolean {
	const { state, absentMs, remembered, nowMs } = sight;
	return (
		own(absentMs, name) === undefined &&
		own(state.processes, name)?.status === "running" &&
		sessionPause(sight, name) === undefined &&
		own(state.work.cycles, name) === undefined &&
		!isResting(remembered, name, nowMs)
	);
}

/** Has something in hand, or was gone for a moment; it can be waited for. */
function isAble(sight: Sight, name: string): boolean {
	return !isGone(sight, name) && sessionPause(sight, name) === undefined;
}

function longestIdleFirst({ state }: Sight): (one: string, other: string) => number {
	const sinceMs = (name: string) => toMs(own(state.work.sessions, name)?.at ?? "") || 0;
	return (one, other) => sinceMs(one) - sinceMs(other);
}

function claimedFiles(sight: Sight): string[] {
	const { state, tasks, changes, sessions } = sight;
	const present = sessions.filter((name) => !isGone(sight, name));
	return heldFiles({ cycles: state.work.cycles, tasks, changes, sessions: present });
}

/** The log has the story of what is ended; the file keeps the last of it, so that a request is known again. */
const endedKept = { count: 500, forMs: 7 * 24 * 60 * 60_000 };

function outdated(tasks: readonly Task[], { now, nowMs }: Sight): string[] {
	// What ends in this very step stays for the next.
	const ended = tasks.filter((task) => isEnded(task) && task.changed !== now);
	const surplus = ended.length - endedKept.count;
	const isOld = ({ changed }: Task) => nowMs - toMs(changed) > endedKept.forMs;
	if (surplus <= 0 && !ended.some(isOld)) return [];
	const awaited = new Set(tasks.filter((task) => !isEnded(task)).flatMap(({ after = [] }) => after));
	return ended
		.sort((one, other) => toMs(one.changed) - toMs(other.changed))
		.filter((task, index) => (index < surplus || isOld(task)) && !awaited.has(task.id))
		.map(({ id }) => id);
}

function told(task: string, session: string, revision: number): Draft {
	return { type: "task_assigned", by: "scheduler", id: `task_assigned:${task}:${revision}`, data: { task, session } };
}

function alertNow(alert: DataOf<"alert">, { nowMs }: Sight): Draft {
	return { type: "alert", by: "scheduler", id: `${alert.code}:${nowMs}`, data: alert };
}

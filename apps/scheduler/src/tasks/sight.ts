/** What the scheduler sees of the queue and of those who work at it. */
import { type Change, type FactoryState, own, pauseFor, type Quiet, type Task } from "@shopfloor/core";
import type { Machine } from "../machine.ts";
import type { Crew } from "./pace.ts";
import type { Remembered } from "./remembered.ts";

export interface Sight extends Crew {
	readonly nowMs: number;
	/** The same, as the log writes it. */
	readonly now: string;
	readonly state: FactoryState;
	readonly tasks: readonly Task[];
	readonly remembered: Remembered;
	/** By change: the task that it is for. */
	readonly taskOf: Readonly<Record<string, string>>;
	readonly changes: readonly Change[];
	/** By session: for how long nobody has sat in its seat. */
	readonly absentMs: Readonly<Record<string, number>>;
	readonly machine: Machine;
	readonly memoryShare: number;
	readonly memoryStop: number;
	/** When an agent that is stopped now may go on. */
	readonly stopUntil: string;
	/** How much memory an agent takes, as far as was seen; 0 before one was. */
	readonly footprintBytes: number;
	readonly isServed: boolean;
	readonly timeOfDay: string;
	readonly quiet: Quiet | undefined;
}

/** PM2 starts what died within seconds, and a start on a busy machine takes some more. */
const patienceMs = 90_000;

export function isGone({ absentMs }: Pick<Sight, "absentMs">, session: string): boolean {
	return (own(absentMs, session) ?? 0) >= patienceMs;
}

/** Whatever keeps this session from beginning something. */
export function sessionPause(
	{ state, nowMs }: Pick<Sight, "state" | "nowMs">,
	session: string,
): ReturnType<typeof pauseFor> {
	return pauseFor(state, nowMs, session, ...workerScopes);
}

/** Besides their own names: what a pause is aimed at to reach all workers. */
const workerScopes = ["ralph", "coder"];

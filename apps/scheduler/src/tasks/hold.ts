/** What keeps every task from being handed out. Pure. */
import { type DataOf, isQuiet, type Quiet } from "@shopfloor/core";
import type { Machine } from "../machine.ts";
import { memoryTight, noRoom, quietHours } from "./messages.ts";
import type { HoldKind } from "./remembered.ts";

export interface Hold {
	readonly kind: HoldKind;
	/** Missing where whoever paused it told why. */
	readonly alert?: DataOf<"alert">;
}

/** A machine that waits for its memory this much of the time is out of it, whatever the counters say. */
const pressureMax = 0.25;
/** A swap with less than this is about to be full; from then on the last of the memory goes fast. */
const swapFreeMin = 0.1;
/** How much earlier memory counts as tight then, and how far it must have fallen before it is told again. */
const earlierShare = 0.05;

function isTight({ memory, memoryPressure, swapFreeShare }: Machine, memoryShare: number): boolean {
	const isSwapFull = swapFreeShare !== null && swapFreeShare < swapFreeMin;
	return memory.usedShare > memoryShare - (isSwapFull ? earlierShare : 0) || (memoryPressure ?? 0) > pressureMax;
}

/** Near enough to the mark that going over it again is no news. */
export function isNearlyTight(machine: Machine, memoryShare: number): boolean {
	return isTight(machine, memoryShare - earlierShare);
}

/** How many more agents the memory below the mark takes. */
export function roomFor(machine: Machine, memoryShare: number, footprintBytes: number): number {
	const { usedBytes, limitBytes } = machine.memory;
	return footprintBytes === 0
		? Number.POSITIVE_INFINITY
		: Math.floor((limitBytes * memoryShare - usedBytes) / footprintBytes);
}

export interface Holding {
	readonly machine: Machine;
	readonly memoryShare: number;
	readonly quiet: Quiet | undefined;
	/** `22:30`, of this machine's zone. */
	readonly timeOfDay: string;
	/** An agent that codes can be called: a free one, or one that is paid and not paused. */
	readonly isServed: boolean;
}

export function holdOf({ machine, memoryShare, quiet, timeOfDay, isServed }: Holding): Hold | undefined {
	if (isTight(machine, memoryShare)) return { kind: "memory", alert: memoryTight(machine, memoryShare) };
	if (quiet !== undefined && isQuiet(quiet, timeOfDay)) return { kind: "quiet", alert: quietHours(quiet) };
	return isServed ? undefined : { kind: "unserved" };
}

export function noRoomHold(machine: Machine, memoryShare: number, footprintBytes: number): Hold {
	return { kind: "room", alert: noRoom(machine, memoryShare, footprintBytes) };
}

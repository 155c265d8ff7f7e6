/** How long to wait after trouble with receiving, and whether a person is told. Pure. */
import { patience } from "./patience.ts";
import type { Trouble } from "./port.ts";

export interface Outage {
	readonly kind: "conflict" | "unauthorised" | "unreachable";
	readonly why: string;
	readonly sinceMs: number;
	readonly tries: number;
	readonly isTold: boolean;
}

interface After {
	/** Undefined where it is none: Telegram asked for a pause. */
	readonly outage: Outage | undefined;
	readonly waitMs: number;
	/** To be told now. */
	readonly tell: Outage | undefined;
}

export function afterTrouble(before: Outage | undefined, trouble: Trouble, nowMs: number): After {
	if (trouble.kind === "wait") return { outage: before, waitMs: trouble.ms, tell: undefined };
	// What is refused there is refused again and again: nobody but a person mends that.
	const kind = trouble.kind === "refused" ? "unreachable" : trouble.kind;
	const same = before?.kind === kind ? before : undefined;
	const tries = (same?.tries ?? 0) + 1;
	const sinceMs = same?.sinceMs ?? nowMs;
	const isTold = same?.isTold ?? false;
	const isLong = nowMs - sinceMs >= patienceMs[kind];
	const outage = { kind, why: trouble.why, sinceMs, tries, isTold: isTold || isLong };
	return { outage, waitMs: waitOf(kind, tries), tell: isLong && !isTold ? outage : undefined };
}

/**
 * At a restart the poll of the copy before may still be held there, for half a minute. A wrong token stays wrong. What is
 * down for some minutes comes back by itself.
 */
const patienceMs = { conflict: 90_000, unauthorised: 0, unreachable: 10 * 60_000 } as const;

function waitOf(kind: Outage["kind"], tries: number): number {
	switch (kind) {
		case "conflict":
			return tries < conflictTries ? conflictMs : longConflictMs;
		case "unauthorised":
			return unauthorisedMs;
		case "unreachable":
			return patience(tries - 1);
	}
}

const conflictMs = 5_000;
const conflictTries = 20;
/** Two that take the updates from each other do no good by trying often. */
const longConflictMs = 60_000;
/** Somebody stores another token. */
const unauthorisedMs = 30_000;

/** How many sessions are given tasks, and which. Pure. */
import type { FactoryState } from "@shopfloor/core";
import type { Remembered } from "./remembered.ts";
import { decidedKept } from "./said.ts";

export interface Crew {
	/** As configured. */
	readonly sessions: readonly string[];
	readonly least: number;
}

/** What the doctor found last; such a session rests before others do. */
const troubled = ["stuck", "error-looping"];

export function troubledSessions(sessions: readonly string[], { work }: Pick<FactoryState, "work">): string[] {
	return sessions.filter((name) => troubled.includes(work.sessions[name]?.class ?? ""));
}

/** Those that work well first. A person's number holds whatever was found, and whatever was discarded. */
export function activeSessions(
	{ sessions, least }: Crew,
	{ scale, fewer }: Pick<Remembered, "scale" | "fewer">,
	found: readonly string[],
): string[] {
	const count = scale ?? Math.max(least, sessions.length - fewer - found.length);
	const wellFirst = [...sessions.filter((name) => !found.includes(name)), ...found];
	return wellFirst.slice(0, count);
}

export type Turned = { readonly kind: "fewer" | "more"; readonly bad: number; readonly remembered: Remembered };

/**
 * One fewer when more than half of the last work came to nothing, one more when less than a quarter did. Then it is
 * looked at anew: what was decided before says nothing about the new number.
 */
export function turnedPace({ sessions, least }: Crew, remembered: Remembered): Turned | undefined {
	const { decided, fewer, scale } = remembered;
	if (scale !== null || decided.length < decidedKept) return undefined;
	const bad = decided.split("-").length - 1;
	if (bad > decidedKept / 2 && sessions.length - fewer > Math.max(1, least))
		return { kind: "fewer", bad, remembered: { ...remembered, fewer: fewer + 1, decided: "" } };
	if (bad < decidedKept / 4 && fewer > 0)
		return { kind: "more", bad, remembered: { ...remembered, fewer: fewer - 1, decided: "" } };
	return undefined;
}

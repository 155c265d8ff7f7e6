/** How much memory agents take, as it was seen. Pure. */
import { own } from "@shopfloor/core";

/** The most that one run was seen to take, in all its processes. */
interface Footprint {
	/** Its folder, which no other run has. */
	readonly run: string;
	readonly bytes: number;
	readonly atMs: number;
}

/** By role: the last runs within a day, the newest last. */
export type Footprints = Readonly<Record<string, readonly Footprint[]>>;

/** A run as it is seen now. */
export interface SeenRun {
	readonly run: string;
	readonly session: string;
	readonly bytes: number;
}

const keptMs = 24 * 60 * 60_000;
/** What agents take changes with their work; of more runs the first say little about the next. */
const runsMax = 20;

export function withSeen(before: Footprints, seen: readonly SeenRun[], nowMs: number): Footprints {
	const next: Record<string, readonly Footprint[]> = {};
	for (const [role, runs] of Object.entries(before)) next[role] = freshOf(runs, nowMs);
	for (const { run, session, bytes } of seen) {
		const role = roleOf(session);
		if (role === undefined) continue;
		const runs = own(next, role) ?? [];
		const known = runs.find((one) => one.run === run);
		if (known !== undefined && known.bytes >= bytes) continue;
		const others = runs.filter((one) => one.run !== run);
		next[role] = [...others, { run, bytes, atMs: nowMs }].slice(-runsMax);
	}
	return Object.fromEntries(Object.entries(next).filter(([, runs]) => runs.length > 0));
}

/**
 * The most but one: a single run that took many times what the others do would keep agents from beginning for a day.
 * Of few runs the most, because nobody knows which of them is usual.
 */
export function footprintOf(footprints: Footprints, role: string, nowMs: number): number {
	const runs = freshOf(own(footprints, role) ?? [], nowMs);
	const [most = 0, next = 0] = runs.map(({ bytes }) => bytes).sort((one, other) => other - one);
	return runs.length < fewRuns ? most : next;
}

const fewRuns = 3;

/** A person's own run says nothing about what the factory starts. */
function roleOf(session: string): string | undefined {
	if (session.startsWith("ralph-")) return "coder";
	return session === "cto-reviewer" ? "reviewer" : undefined;
}

/** Not what was seen at a time that has not come yet, on a clock that was set back; nor what an earlier version noted. */
function freshOf(runs: readonly Footprint[], nowMs: number): readonly Footprint[] {
	return Array.isArray(runs) ? runs.filter(({ atMs }) => Math.abs(nowMs - atMs) < keptMs) : [];
}

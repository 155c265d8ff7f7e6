/** How much memory agents take, as it was seen. Pure. */
import { own } from "@shopfloor/core";

/** By role: the most that a run was seen to take within a day, in all its processes. */
export type Footprints = Readonly<Record<string, { readonly bytes: number; readonly atMs: number }>>;

const keptMs = 24 * 60 * 60_000;

/** `seen` by session. What is older than a day gives way to what is seen today. */
export function withSeen(before: Footprints, seen: Readonly<Record<string, number>>, nowMs: number): Footprints {
	const next = Object.fromEntries(Object.entries(before).filter(([, { atMs }]) => isFresh(atMs, nowMs)));
	for (const [session, bytes] of Object.entries(seen)) {
		const role = roleOf(session);
		if (role !== undefined && bytes > (next[role]?.bytes ?? 0)) next[role] = { bytes, atMs: nowMs };
	}
	return next;
}

export function footprintOf(footprints: Footprints, role: string, nowMs: number): number {
	const found = own(footprints, role);
	return found === undefined || !isFresh(found.atMs, nowMs) ? 0 : found.bytes;
}

/** A person's own run says nothing about what the factory starts. */
function roleOf(session: string): string | undefined {
	if (session.startsWith("ralph-")) return "coder";
	return session === "cto-reviewer" ? "reviewer" : undefined;
}

/** Also not what was seen at a time that has not come yet, on a clock that was set back. */
function isFresh(atMs: number, nowMs: number): boolean {
	return Math.abs(nowMs - atMs) < keptMs;
}

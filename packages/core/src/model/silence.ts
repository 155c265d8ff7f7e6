import type { FactoryState } from "./factory-state.ts";
import { toMs } from "./instant.ts";
import { own } from "./own.ts";

/** A process may miss one heartbeat and half of the next before anybody worries. */
const patience = 2.5;

/**
 * Since when a process that should beat has been silent; undefined when it is in time, or does not run. With the
 * heartbeats of whoever asks, oldest first, only the time counts in which that one was awake itself.
 */
export function silentSince(
	state: FactoryState,
	name: string,
	heartbeatMs: number,
	nowMs: number,
	ownBeatsMs: readonly number[] = [],
): number | undefined {
	const process = own(state.processes, name);
	if (process === undefined || process.status !== "running") return undefined;
	const heard = toMs(process.heartbeat);
	const awakeMs = nowMs - heard - sleptMs(ownBeatsMs, heartbeatMs, heard, nowMs);
	return awakeMs > heartbeatMs * patience ? heard : undefined;
}

/**
 * Who is awake beats in time. What its beats lie further apart, it slept with its machine, or the clock was set; and
 * the others, who wait by the same timers, had none of that time either.
 */
function sleptMs(beatsMs: readonly number[], heartbeatMs: number, sinceMs: number, nowMs: number): number {
	const marks = [...beatsMs.filter((at) => at <= nowMs), nowMs];
	return marks.slice(1).reduce((slept, at, index) => {
		const before = Math.max(marks[index] ?? at, sinceMs);
		return slept + Math.max(0, at - before - heartbeatMs);
	}, 0);
}

import type { FactoryState } from "./factory-state.ts";
import { toMs } from "./instant.ts";
import { own } from "./own.ts";

/** A process may miss one heartbeat and half of the next before anybody worries. */
const patience = 2.5;

/** Since when a process that should beat has been silent; undefined when it is in time, or does not run. */
export function silentSince(state: FactoryState, name: string, heartbeatMs: number, nowMs: number): number | undefined {
	const process = own(state.processes, name);
	if (process === undefined || process.status !== "running") return undefined;
	const heard = toMs(process.heartbeat);
	return nowMs - heard > heartbeatMs * patience ? heard : undefined;
}

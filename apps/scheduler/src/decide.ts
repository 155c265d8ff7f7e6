import { type DataOf, type FactoryState, silentSince, toMs } from "@shopfloor/core";
import { diskLow, doctorSilent, memoryTight } from "./messages.ts";

/** What the scheduler sees at one turn. */
export interface Snapshot {
	readonly nowMs: number;
	readonly state: FactoryState;
	readonly health: DataOf<"health">;
	/** Temporary files and lock preparations whose owner is gone. */
	readonly leftovers: readonly string[];
	readonly limits: { readonly memoryShare: number; readonly diskFreeBytes: number; readonly heartbeatMs: number };
}

export type Action =
	| { readonly kind: "health"; readonly health: DataOf<"health"> }
	| { readonly kind: "alert"; readonly alert: DataOf<"alert"> }
	| { readonly kind: "sweep"; readonly paths: readonly string[] }
	| { readonly kind: "resume"; readonly scope: string }
	| { readonly kind: "anchor" };

/** Health first, then what it calls for, then tidying up. */
export function decide(snapshot: Snapshot): Action[] {
	return [
		{ kind: "health", health: snapshot.health },
		...alerts(snapshot).map((alert): Action => ({ kind: "alert", alert })),
		...overPauses(snapshot).map((scope): Action => ({ kind: "resume", scope })),
		...(snapshot.leftovers.length > 0 ? [{ kind: "sweep", paths: snapshot.leftovers } as const] : []),
		{ kind: "anchor" },
	];
}

/** Only when something becomes so: what was said at the last health entry is not said again. */
function alerts({ state, health, limits, nowMs }: Snapshot): DataOf<"alert">[] {
	const before = state.health;
	const found: DataOf<"alert">[] = [];
	const tight = (of: DataOf<"health">) => of.memory.usedShare > limits.memoryShare;
	const low = (of: DataOf<"health">) => of.disk.freeBytes < limits.diskFreeBytes;
	if (tight(health) && !(before && tight(before))) found.push(memoryTight(health.memory, limits.memoryShare));
	if (low(health) && !(before && low(before))) found.push(diskLow(health.disk, limits.diskFreeBytes));
	const silent = silentSince(state, "session-doctor", limits.heartbeatMs, nowMs);
	if (silent !== undefined && !saidSince(state, "doctor-silent", silent)) found.push(doctorSilent(nowMs - silent));
	return found;
}

function saidSince(state: Snapshot["state"], code: string, sinceMs: number): boolean {
	return state.steering.alerts.some((alert) => alert.code === code && toMs(alert.at) >= sinceMs);
}

/** A pause with an end is over when its end has come. */
function overPauses({ state, nowMs }: Snapshot): string[] {
	return Object.entries(state.steering.pauses)
		.filter(([, { until }]) => until !== undefined && toMs(until) <= nowMs)
		.map(([scope]) => scope);
}

import {
	type DataOf,
	type Draft,
	type FactoryState,
	parseDuration,
	silentSince,
	toMs,
	wasToldToEnd,
} from "@shopfloor/core";
import { diskLow, doctorSilent, gone, neverCame } from "./messages.ts";

/** What the scheduler sees at one turn. */
export interface Snapshot {
	readonly nowMs: number;
	readonly state: FactoryState;
	/** When the scheduler itself beat, oldest first; read only when the doctor seems to be silent. */
	readonly ownBeatsMs: readonly number[];
	/** Present when it was time to look, or when somebody asked. */
	readonly health: DataOf<"health"> | undefined;
	/** Temporary files and lock preparations whose owner is gone. */
	readonly leftovers: readonly string[];
	/** Runs of agents and checks whose owner is gone and that go on. */
	readonly leftRuns: readonly string[];
	/** What settles calls that nobody will settle any more. */
	readonly lostCalls: readonly Draft[];
	/** Sessions that have something to show to a person. */
	readonly showing: readonly string[];
	/** Processes that are configured and in whose seats nobody sits. */
	readonly empty: readonly string[];
	/** Those that were missed at the turn before. */
	readonly missed: Missed;
	readonly limits: { readonly diskFreeBytes: number; readonly heartbeatMs: number };
}

/** By name. The floor remembers it between turns and between lives. */
export type Missed = Readonly<Record<string, { readonly sinceMs: number; readonly told: boolean }>>;

export type Action =
	| { readonly kind: "health"; readonly health: DataOf<"health"> }
	| { readonly kind: "alert"; readonly alert: DataOf<"alert"> }
	| { readonly kind: "sweep"; readonly paths: readonly string[] }
	| { readonly kind: "end-runs" }
	| { readonly kind: "settle"; readonly calls: readonly Draft[] }
	| { readonly kind: "terminals"; readonly sessions: readonly string[] }
	| { readonly kind: "resume"; readonly scope: string }
	| { readonly kind: "note-missed"; readonly missed: Missed }
	| { readonly kind: "anchor" };

/** What is there is compared with what should be this often; the machine is looked at as often as a person wants. */
export const reconcileEvery = "1m";

/** The schedule of turns: the more frequent of the two. A cron line is kept to within a minute. */
export function turnEvery(healthSchedule: string): string {
	const healthMs = parseDuration(healthSchedule) ?? Number.POSITIVE_INFINITY;
	return healthMs < (parseDuration(reconcileEvery) ?? 0) ? healthSchedule : reconcileEvery;
}

/** Health first, then what it calls for, then tidying up. */
export function decide(snapshot: Snapshot): Action[] {
	const { health, leftovers, leftRuns, lostCalls, showing, missed } = snapshot;
	const missedNow = whoIsMissed(snapshot);
	return [
		...(health === undefined ? [] : [{ kind: "health", health } as const]),
		...(health === undefined ? [] : diskAlerts(snapshot, health).map(toAction)),
		...absenceAlerts(snapshot, missedNow).map(toAction),
		...doctorAlerts(snapshot).map(toAction),
		...overPauses(snapshot).map((scope): Action => ({ kind: "resume", scope })),
		// Before their money is counted: what still runs still spends.
		...(leftRuns.length > 0 ? [{ kind: "end-runs" } as const] : []),
		...(lostCalls.length > 0 ? [{ kind: "settle", calls: lostCalls } as const] : []),
		...(leftovers.length > 0 ? [{ kind: "sweep", paths: leftovers } as const] : []),
		// After the alerts: who dies in between tells twice, rather than not at all.
		...(isSame(missed, missedNow) ? [] : [{ kind: "note-missed", missed: missedNow } as const]),
		{ kind: "anchor" },
		...(showing.length > 0 ? [{ kind: "terminals", sessions: showing } as const] : []),
	];
}

function toAction(alert: DataOf<"alert">): Action {
	return { kind: "alert", alert };
}

/** Only when it becomes so: what was said at the last health entry is not said again. */
function diskAlerts({ state, limits }: Snapshot, health: DataOf<"health">): DataOf<"alert">[] {
	const isLow = ({ disk }: DataOf<"health">) => disk.freeBytes < limits.diskFreeBytes;
	const wasLow = state.health !== null && isLow(state.health);
	return isLow(health) && !wasLow ? [diskLow(health.disk, limits.diskFreeBytes)] : [];
}

/** PM2 starts what died within seconds, and a start on a busy machine takes some more. */
const patienceMs = 90_000;

/**
 * An empty seat is how every restart looks; what is told is one that stays empty, and it is told once. Who was told to
 * end is missed by nobody, and who is parked was told of already.
 */
function whoIsMissed({ state, nowMs, empty, missed }: Snapshot): Missed {
	// Whoever is brought up together with the scheduler has as long as it takes from there.
	const selfMs = toMs(state.processes["scheduler"]?.since ?? "") || 0;
	const isWanted = (name: string) => {
		const said = state.processes[name];
		return said === undefined || !(said.status === "parked" || wasToldToEnd(said));
	};
	return Object.fromEntries(
		empty.filter(isWanted).map((name) => {
			// A clock that was set back must not keep an absence young.
			const sinceMs = Math.min(missed[name]?.sinceMs ?? nowMs, nowMs);
			const lasts = nowMs - Math.max(sinceMs, selfMs) >= patienceMs;
			return [name, { sinceMs, told: lasts || (missed[name]?.told ?? false) }];
		}),
	);
}

function absenceAlerts({ state, nowMs, missed }: Snapshot, missedNow: Missed): DataOf<"alert">[] {
	return Object.entries(missedNow)
		.filter(([name, { told }]) => told && !missed[name]?.told)
		.map(([name, { sinceMs }]) => (state.processes[name] ? gone(name, nowMs - sinceMs) : neverCame(name)));
}

/** A doctor that is there and says nothing; one that is not there is missed like everybody else. */
function doctorAlerts({ state, limits, nowMs, empty, ownBeatsMs }: Snapshot): DataOf<"alert">[] {
	if (empty.includes("session-doctor")) return [];
	const silent = silentSince(state, "session-doctor", limits.heartbeatMs, nowMs, ownBeatsMs);
	if (silent === undefined || saidSince(state, "doctor-silent", silent)) return [];
	return [doctorSilent(nowMs - silent)];
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

function isSame(one: Missed, other: Missed): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

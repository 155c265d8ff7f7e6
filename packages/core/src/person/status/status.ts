/** The factory at a glance, as data: the one fold, and who is really alive. Every surface shows this. */
import type { FactoryState } from "../../model/factory-state.ts";
import { toMs } from "../../model/instant.ts";
import type { ConfigSight } from "./config-sight.ts";
import { type Need, needsOf } from "./needs.ts";
import { isAlive, type ProcessSight, processSights, type Seats } from "./process-sight.ts";

export interface Snapshot {
	/** The moment, as an instant. */
	readonly at: string;
	readonly state: FactoryState;
	readonly seats: Seats;
	readonly log: {
		readonly head: { readonly seq: number; readonly hash: string } | undefined;
		readonly bytes: number;
		readonly segments: number;
	};
	readonly config: ConfigSight;
}

type Pauses = FactoryState["steering"]["pauses"];

export interface Status {
	readonly at: string;
	readonly factory: {
		/** `down` when no process is alive, whatever else was asked of it. */
		readonly state: "running" | "paused" | "stopped" | "down";
		readonly alive: number;
		/** When the last of its processes was heard, if none is alive. */
		readonly downSince: string | null;
	};
	readonly pauses: Pauses;
	readonly processes: readonly ProcessSight[];
	readonly sessions: FactoryState["work"]["sessions"];
	readonly tasks: { readonly waiting: number; readonly assigned: number };
	/** Open changes by status. */
	readonly changes: Readonly<Record<string, number>>;
	readonly questions: FactoryState["work"]["approvals"];
	readonly machine: (NonNullable<FactoryState["health"]> & { readonly at: string }) | null;
	readonly spentToday: { readonly usd: number; readonly estimatedUsd: number; readonly calls: number };
	/** Oldest first. */
	readonly alerts: FactoryState["steering"]["alerts"];
	readonly log: {
		readonly head: { readonly seq: number; readonly hash: string } | null;
		readonly lastAt: string | null;
		readonly bytes: number;
		readonly segments: number;
	};
	readonly config: {
		readonly path: string;
		readonly state: ConfigSight["kind"];
		readonly faults: number;
		readonly isSandboxOff: boolean;
	};
	readonly needs: readonly Need[];
}

export function statusOf({ at, state, seats, log, config }: Snapshot): Status {
	const { heartbeatMs, expected } = config;
	const processes = processSights({ state, seats, expected, heartbeatMs, nowMs: toMs(at) });
	const { usd, estimatedUsd, calls } = state.spending.days[at.slice(0, 10)] ?? { usd: 0, estimatedUsd: 0, calls: 0 };
	const { pauses } = state.steering;
	const factory = factoryOf(processes, pauses);
	return {
		at,
		factory,
		pauses,
		processes,
		sessions: state.work.sessions,
		tasks: tasksOf(state.work.tasks),
		changes: countBy(Object.values(state.work.changes).map((change) => change.status)),
		questions: state.work.approvals,
		machine: state.health === null ? null : { ...state.health, at: state.healthAt },
		spentToday: { usd, estimatedUsd, calls },
		alerts: state.steering.alerts,
		log: {
			head: log.head ?? null,
			lastAt: state.at === "" ? null : state.at,
			bytes: log.bytes,
			segments: log.segments,
		},
		config: {
			path: config.path,
			state: config.kind,
			faults: config.faults,
			isSandboxOff: config.isSandboxOff,
		},
		needs: needsOf({ config, processes, pauses, health: state.health, isDown: factory.state === "down" }),
	};
}

function factoryOf(processes: readonly ProcessSight[], pauses: Pauses): Status["factory"] {
	const alive = processes.filter(isAlive).length;
	if (alive > 0) {
		const kind = pauses["all"]?.kind;
		return { state: kind === undefined ? "running" : kind === "stop" ? "stopped" : "paused", alive, downSince: null };
	}
	const last = processes
		.flatMap(({ since }) => since ?? [])
		.sort()
		.at(-1);
	return { state: "down", alive, downSince: last ?? null };
}

function tasksOf(tasks: FactoryState["work"]["tasks"]): Status["tasks"] {
	const holders = Object.values(tasks);
	const waiting = holders.filter((holder) => holder === null).length;
	return { waiting, assigned: holders.length - waiting };
}

function countBy(names: readonly string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
	return counts;
}

/** What the scheduler looks at. Nothing here changes anything. */
import { statfsSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { lostCalls, sessionsShowing } from "@shopfloor/agents";
import { type DataOf, type FactoryState, processNames, silentSince, toMs } from "@shopfloor/core";
import { findLeftRuns, isGone, leftovers, nextTurn, type Turn, type World } from "@shopfloor/core/io";
import type { Snapshot } from "./decide.ts";
import { rssBytes } from "./machine.ts";
import { readMissed } from "./missed.ts";
import { readMemory, readPressure, text } from "./read-machine.ts";

export async function observe(world: World, { state, because }: Turn): Promise<Snapshot> {
	const { config, floor, clock, heartbeatMs } = world;
	const nowMs = clock.now();
	const isAsked = because.some((entry) => entry.type === "trigger" && entry.data.what === "health");
	return {
		nowMs,
		state,
		ownBeatsMs: await ownBeats(world, state, nowMs),
		health:
			isAsked || isTimeForHealth(config.every.scheduler, toMs(state.healthAt), nowMs)
				? readHealth(floor.stateDir, state)
				: undefined,
		leftovers: leftovers(floor.stateDir),
		leftRuns: findLeftRuns(floor.stateDir).map(({ run }) => run),
		lostCalls: lostCalls(state, { by: world.name, nowMs, isGone: (owner) => floor.records.isGone(owner) }),
		showing: sessionsShowing(floor.stateDir, processNames(config), nowMs),
		empty: await emptySeats(world),
		missed: await readMissed(world),
		limits: { diskFreeBytes: config.health.diskFree * 2 ** 30, heartbeatMs },
	};
}

/** As many as fall into eight hours, with the default heartbeat: more than the longest patience. */
const ownBeatsMax = 100;

/** Whoever slept with the machine seems to be silent; by its own heartbeats the scheduler sees that it slept too. */
async function ownBeats({ name: self, floor, heartbeatMs }: World, state: FactoryState, nowMs: number) {
	if (silentSince(state, "session-doctor", heartbeatMs, nowMs) === undefined) return [];
	const beats = await floor.log.last(ownBeatsMax, { type: ["heartbeat"], by: self });
	return beats.map(({ ts }) => toMs(ts));
}

/** At the first turn ever, and after a clock that was set back, it is time. */
function isTimeForHealth(schedule: string, lastMs: number, nowMs: number): boolean {
	return !(lastMs <= nowMs) || nextTurn(schedule, lastMs) <= nowMs;
}

/** A process sits in its seat from before its first entry until after its last. */
async function emptySeats({ name: self, config, floor }: World): Promise<string[]> {
	const others = processNames(config).filter((name) => name !== self);
	const holders = await Promise.all(others.map((name) => floor.leases.held(`process-${name}`)));
	return others.filter((_, index) => holders[index]?.every(({ holder }) => isGone(holder)));
}

function readHealth(stateDir: string, state: FactoryState): DataOf<"health"> {
	const [one = 0, five = 0] = loadavg();
	const disk = statfsSync(stateDir);
	return {
		memory: readMemory(),
		pressure: readPressures(),
		load: { one: round(one), five: round(five), cores: availableParallelism() },
		disk: { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize },
		processes: Object.entries(state.processes)
			.filter(([, { status }]) => status === "running")
			.flatMap(([name, { pid }]) => {
				const rss = rssBytes(text(`/proc/${pid}/status`));
				return rss === undefined ? [] : [{ name, pid, rssBytes: rss }];
			}),
	};
}

function readPressures(): DataOf<"health">["pressure"] {
	const [cpu, memory, io] = [readPressure("cpu"), readPressure("memory"), readPressure("io")];
	return cpu === undefined || memory === undefined || io === undefined ? null : { cpu, memory, io };
}

function round(share: number): number {
	return Math.round(share * 1_000) / 1_000;
}

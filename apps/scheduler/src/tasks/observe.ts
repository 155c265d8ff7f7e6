/** What the scheduler looks at before it hands out work. Nothing here changes anything. */
import { budgetScope, isFree, providerOf } from "@shopfloor/agents";
import { type Entry, own, processNames, serversOf, standingPause, type Task, toMs } from "@shopfloor/core";
import { instant, isGone, readMayBegin, type Turn, type World } from "@shopfloor/core/io";
import { footprintOf } from "../footprints.ts";
import { readFootprints } from "../look-at-footprints.ts";
import { readMissed } from "../missed.ts";
import { readMemory, readPressure, readSwap } from "../read-machine.ts";
import type { Snapshot } from "./decide.ts";
import { readNote } from "./note.ts";
import { type Remembered, standing } from "./remembered.ts";
import { concernsTasks } from "./said.ts";

export async function observe(world: World, turn: Turn): Promise<Snapshot> {
	const { config, floor, clock } = world;
	const { state } = turn;
	const nowMs = clock.now();
	const [note, queue] = [await readNote(world, state.seq), await floor.tasks.read()];
	const { tasks } = queue.value;
	const { remembered, untold } = standing(note, queue.revision);
	const heard = await hear(world, turn, remembered);
	const sessions = processNames(config).filter((name) => name.startsWith("ralph-"));
	const isAtWork = tasks.some(isOpen) || heard.said.length > 0 || Object.keys(state.work.cycles).length > 0;
	return {
		nowMs,
		now: instant(nowMs),
		stopUntil: instant(nowMs + stopForMs),
		timeOfDay: timeOfDay(nowMs),
		state,
		revision: queue.revision,
		tasks,
		untold,
		...heard,
		...(await reviewed(world)),
		mayBegin: await readMayBegin(floor.records),
		sessions,
		least: config.active.least,
		// Nobody is looked for where nobody works, and nothing waits for anybody.
		absentMs: isAtWork ? await absences(world, turn, sessions) : {},
		machine: {
			memory: readMemory(),
			memoryPressure: readPressure("memory") ?? null,
			swapFreeShare: readSwap() ?? null,
		},
		memoryShare: config.health.memoryShare,
		memoryStop: config.health.memoryStop,
		footprintBytes: footprintOf(await readFootprints(world), "coder", nowMs),
		isServed: isServed(world, turn),
		quiet: config.active.quiet,
	};
}

/** Long enough for memory to come back, and for whoever waits for it. */
const stopForMs = 2 * 60_000;

function isOpen({ status }: Task): boolean {
	return status === "waiting" || status === "assigned";
}

function timeOfDay(nowMs: number): string {
	const date = new Date(nowMs);
	return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
}

/** So many are brought into the queue in one turn, where they are read from the log. */
const readMax = 2_000;

/**
 * What was said since the scheduler heard last. A process is woken by what is said while it lives and what was said
 * since it lived last; what was said before its first life, it reads.
 */
async function hear(
	{ floor }: World,
	{ state, because }: Turn,
	remembered: Remembered,
): Promise<Pick<Snapshot, "said" | "through" | "remembered">> {
	const { handled, behind } = remembered;
	const said: Entry[] = [];
	if (handled < behind)
		for await (const entry of floor.log.read(handled + 1)) {
			if (entry.seq > behind) break;
			if (!concernsTasks(entry)) continue;
			// More than that: then what wakes the scheduler meanwhile is read as well, so that the order stays.
			if (said.length === readMax) return { said, through: 0, remembered: { ...remembered, behind: state.seq } };
			said.push(entry);
		}
	const since = because.filter((entry) => concernsTasks(entry) && entry.seq > Math.max(handled, behind));
	return { said: [...said, ...since], through: behind, remembered };
}

/** A rejection does not say which task its change was for; the review queue does. */
async function reviewed({ floor }: World): Promise<Pick<Snapshot, "changes" | "taskOf">> {
	const { changes } = (await floor.reviews.read()).value;
	const taskOf = Object.fromEntries(changes.flatMap(({ id, task }) => (task === null ? [] : [[id, task]])));
	return { changes, taskOf };
}

/** Of those whose seats are empty: since when, as far as anybody saw it. */
async function absences(world: World, { state }: Turn, sessions: readonly string[]): Promise<Record<string, number>> {
	const { floor, clock, name: self } = world;
	const missed = await readMissed(world);
	// Whoever is brought up together with the scheduler has as long as it takes from there.
	const upMs = toMs(own(state.processes, self)?.since ?? "") || 0;
	const nowMs = clock.now();
	const looked = sessions.map(async (name): Promise<[string, number][]> => {
		const holders = await floor.leases.held(`process-${name}`);
		if (holders.some(({ holder }) => !isGone(holder))) return [];
		const said = own(state.processes, name);
		const endedMs = said === undefined || said.status === "running" ? nowMs : toMs(said.since);
		const sinceMs = Math.min(own(missed, name)?.sinceMs ?? endedMs, nowMs);
		return [[name, Math.max(0, nowMs - Math.max(sinceMs, upMs))]];
	});
	return Object.fromEntries((await Promise.all(looked)).flat());
}

/** A free agent can be called always; a paid one while there is money; and both while their provider answers. */
function isServed({ config, clock }: World, { state }: Turn): boolean {
	const isHeld = (scope: string) => standingPause(state, scope, clock.now()) !== undefined;
	return serversOf(config.roles, "coder").some((name) => {
		if (isHeld(name) || isHeld(providerOf(config.agents, name))) return false;
		return isFree(name, own(config.agents, name)) || !isHeld(budgetScope);
	});
}

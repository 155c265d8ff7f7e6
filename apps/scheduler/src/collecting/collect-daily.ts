/**
 * Once a day what nobody uses is given back, as `worktree gc` does it by hand. Beside the turns, because to pack a large
 * store takes minutes, in which tasks are still to be handed out and memory is to be watched.
 */
import { dirname } from "node:path";
import { type FactoryState, pauseFor, processNames, type Seq } from "@shopfloor/core";
import { currentState, isShopfloorError, type World } from "@shopfloor/core/io";
import { alertOf, type Came, isDue } from "./decide.ts";

const lookEveryMs = 10 * 60_000;

export async function collectDaily(world: World, ended: AbortSignal): Promise<void> {
	while (!ended.aborted) {
		await world.clock.sleep(lookEveryMs, ended);
		if (!ended.aborted) await patiently(world, () => collectIfDue(world, ended));
	}
}

/** A floor that takes nothing at the moment is no reason to end: it is tried again at the next look. */
async function patiently({ name }: World, look: () => Promise<void>): Promise<void> {
	try {
		await look();
	} catch (error) {
		if (!isShopfloorError(error)) throw error;
		process.stderr.write(`${name}: ${error.message}\n`);
	}
}

export async function collectIfDue(world: World, ended: AbortSignal): Promise<void> {
	const { floor, clock, name } = world;
	const nowMs = clock.now();
	const { value } = await floor.records.get(key);
	const lastMs = (value as { readonly atMs: number } | undefined)?.atMs;
	// A factory that has just begun has nothing that is a day old.
	if (lastMs === undefined) return await note(world, nowMs);
	if (!isDue({ nowMs, lastMs, isAtWork: false })) return;
	const state = await currentState(floor);
	if (pauseFor(state, nowMs, name) !== undefined) return;
	if (!isDue({ nowMs, lastMs, isAtWork: await isAtWork(world, state) })) return;
	// Before: what a process dies over is not begun again by the next, and the next.
	await note(world, nowMs);
	const came = await unlessStopped(world, state.seq + 1, ended, (signal) => collected(world, signal));
	const data = came && alertOf(came);
	if (data !== undefined) await floor.log.append([{ type: "alert", by: name, id: `collected:${nowMs}`, data }]);
}

const key = "notes/scheduler-collected";

async function note({ floor }: World, atMs: number): Promise<void> {
	await floor.records.update(key, () => ({ atMs }));
}

async function isAtWork({ floor }: World, { work, spending }: FactoryState): Promise<boolean> {
	const { changes } = (await floor.reviews.read()).value;
	return (
		Object.keys(work.cycles).length + Object.keys(spending.open).length > 0 ||
		changes.some(({ status }) => status === "reviewing" || status === "landing")
	);
}

/** Undefined when it was called off. */
async function unlessStopped<T>(
	{ floor, name }: World,
	from: Seq,
	ended: AbortSignal,
	work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
	const stop = new AbortController();
	const over = new AbortController();
	const signal = AbortSignal.any([ended, stop.signal]);
	const listening = listen();
	try {
		const came = await work(signal);
		return signal.aborted ? undefined : came;
	} catch (error) {
		if (!signal.aborted) throw error;
		return undefined;
	} finally {
		over.abort();
		await listening;
	}

	async function listen(): Promise<void> {
		for await (const entry of floor.log.follow(from, over.signal))
			if (entry.type === "paused" && entry.data.kind === "stop" && ["all", name].includes(entry.data.scope))
				stop.abort();
	}
}

async function collected({ floor, config, places }: World, signal: AbortSignal): Promise<Came | undefined> {
	const { repository } = config;
	if (repository === null) return undefined;
	// With it comes git: a scheduler that does this once a day weighs little.
	const { collect, findTarget } = await import("@shopfloor/gate");
	const names = processNames(config);
	// Bays are made for every check; without them the next would only take longer.
	const keep = (name: string) => names.includes(name) || name.startsWith("bay-");
	try {
		const target = await findTarget(repository.path, dirname(places.config));
		const gone = await collect(floor, target, { keep, signal });
		return gone === undefined ? undefined : { kind: "collected", gone };
	} catch (error) {
		if (!isShopfloorError(error)) throw error;
		return { kind: "failed", why: error.message };
	}
}

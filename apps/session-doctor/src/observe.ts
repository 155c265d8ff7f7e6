/**
 * What can be seen of a process from outside. Two signs of life are kept apart: the heartbeat comes from its work
 * loop, the lease's beat from a timer. Who does long work keeps the second; who hangs, or is stopped, loses both.
 */
import { type FactoryState, fold, silentSince, toMs } from "@shopfloor/core";
import { isGone, pidOf, type Turn, type World } from "@shopfloor/core/io";
import type { Pulse, Snapshot } from "./decide.ts";

/**
 * A lease's beat comes every ten seconds; three of them must be missed while somebody listens. In steps: where timers
 * go on while everybody is stopped (a paused container), the stop uses up one step and not all the time that the others
 * have to beat.
 */
const listening = { steps: 7, stepMs: 5_000 };
/** So many heartbeats of its own show where the doctor slept, also where each turn adds some. */
const ownBeatsMax = 100;

export async function observe(world: World, turn: Turn): Promise<Snapshot> {
	const { floor, clock } = world;
	const silent = await whoIsSilent(world, turn.state);
	if (silent.length === 0) return { state: turn.state, nowMs: clock.now(), pulses: [] };
	await turn.doing(`listening to ${silent.join(", ")}`);
	const first = new Map(await Promise.all(silent.map(async (name) => [name, await seat(floor, name)] as const)));
	for (let step = 0; step < listening.steps; step++) {
		await clock.sleep(listening.stepMs, turn.signal);
		turn.signal.throwIfAborted();
	}
	const second = new Map(await Promise.all(silent.map(async (name) => [name, await seat(floor, name)] as const)));
	// After the seats: who beat while it was listened to is in time, whatever its seat looked like.
	const state = await stateByNow(world, turn.state);
	const still = (await whoIsSilent(world, state)).filter((name) => second.has(name));
	const nowMs = clock.now();
	return { state, nowMs, pulses: still.map((name) => pulseOf(state, name, nowMs, first.get(name), second.get(name))) };
}

type Seat = Awaited<ReturnType<typeof seat>>;

async function seat({ leases }: World["floor"], name: string) {
	return (await leases.held(`process-${name}`))[0];
}

/** The doctor's own heartbeats are read only when somebody seems to be silent: it may be the machine that slept. */
async function whoIsSilent({ name: self, floor, clock, heartbeatMs }: World, state: FactoryState): Promise<string[]> {
	const others = Object.keys(state.processes).filter((name) => name !== self);
	const isSilent = (ownBeatsMs: readonly number[]) => (name: string) =>
		silentSince(state, name, heartbeatMs, clock.now(), ownBeatsMs) !== undefined;
	const seeming = others.filter(isSilent([]));
	if (seeming.length === 0) return [];
	const beats = await floor.log.last(ownBeatsMax, { type: ["heartbeat"], by: self });
	return seeming.filter(isSilent(beats.map(({ ts }) => toMs(ts))));
}

async function stateByNow({ floor }: World, before: FactoryState): Promise<FactoryState> {
	let state = before;
	for await (const entry of floor.log.read(before.seq + 1)) state = fold(state, entry);
	return state;
}

function pulseOf(state: FactoryState, name: string, nowMs: number, before: Seat, now: Seat): Pulse {
	const said = state.processes[name];
	const one = { name, silentForMs: nowMs - toMs(said?.heartbeat ?? "") };
	if (now === undefined || isGone(now.holder))
		return { ...one, pid: said?.pid ?? 0, sign: "gone", identity: undefined };
	const moved = before === undefined || before.epoch !== now.epoch || before.beat !== now.beat;
	return { ...one, pid: pidOf(now.holder), sign: moved ? "slow" : "hung", identity: now.holder };
}

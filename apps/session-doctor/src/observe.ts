/**
 * What can be seen of a process from outside. Two signs of life are kept apart: the heartbeat comes from its work
 * loop, the lease's beat from a timer. Who does long work keeps the second; who hangs, or is stopped, loses both.
 */
import { silentSince, toMs } from "@shopfloor/core";
import { isGone, notedHead, pidOf, type Turn, type World } from "@shopfloor/core/io";
import type { Pulse, Snapshot } from "./decide.ts";

/** A lease's beat comes every ten seconds; three of them must be missed while somebody looks. */
const secondLookMs = 35_000;
const verifyEveryMs = 86_400_000;

export async function observe(world: World, turn: Turn): Promise<Snapshot> {
	const { floor, clock } = world;
	const nowMs = clock.now();
	return {
		state: turn.state,
		nowMs,
		pulses: await takePulses(world, turn, nowMs),
		verification: (await isTimeToVerify(world, turn, nowMs)) ? await verify(floor, turn) : undefined,
	};
}

async function verify(floor: World["floor"], { signal, doing }: Turn): Promise<Snapshot["verification"]> {
	await doing("reading the whole log");
	return await floor.log.verify(anchors(await notedHead(floor)), signal);
}

async function takePulses(
	{ name: self, floor, clock, heartbeatMs }: World,
	{ state, signal, doing }: Turn,
	nowMs: number,
): Promise<Pulse[]> {
	const silent = Object.keys(state.processes).flatMap((name) => {
		const since = name === self ? undefined : silentSince(state, name, heartbeatMs, nowMs);
		return since === undefined ? [] : [{ name, pid: state.processes[name]?.pid ?? 0, silentForMs: nowMs - since }];
	});
	if (silent.length === 0) return [];
	await doing(`listening to ${silent.map(({ name }) => name).join(", ")}`);
	const first = new Map(await Promise.all(silent.map(async ({ name }) => [name, await seat(name)] as const)));
	await clock.sleep(secondLookMs, signal);
	signal.throwIfAborted();
	return await Promise.all(
		silent.map(async (one): Promise<Pulse> => {
			const before = first.get(one.name);
			const now = await seat(one.name);
			if (now === undefined || isGone(now.holder)) return { ...one, sign: "gone", identity: undefined };
			const moved = before === undefined || before.epoch !== now.epoch || before.beat !== now.beat;
			return { ...one, pid: pidOf(now.holder), sign: moved ? "slow" : "hung", identity: now.holder };
		}),
	);

	async function seat(name: string) {
		return (await floor.leases.held(`process-${name}`))[0];
	}
}

/** The whole chain once a day, and whenever a person asks for the doctor. */
async function isTimeToVerify({ floor, name }: World, { because }: Turn, nowMs: number): Promise<boolean> {
	if (because.length > 0) return true;
	const { value } = await floor.records.get(`notes/${name}`);
	const last = toMs((value as { verified?: string } | undefined)?.verified ?? "");
	return !(nowMs - last < verifyEveryMs);
}

function anchors(head: Awaited<ReturnType<typeof notedHead>>) {
	return head === undefined ? [] : [head];
}

/** Turns on a real floor over a process that can be ended; the test holds the clock and beats for everybody. */
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { unconfigured } from "@shopfloor/core";
import { currentState, findPlaces, openFloor, type World } from "@shopfloor/core/io";
import { draftOf, fakeClock, tempDir } from "@shopfloor/core/testing";
import { expect, onTestFinished, test } from "vitest";
import { tick } from "./tick.ts";

const minuteMs = 60_000;
const nightMs = 8 * 60 * minuteMs;

test("who is heard of while the doctor listens is not told of", async () => {
	const { turn, passes, beats, session, alerts } = await aDoctor();
	await passes(20 * minuteMs, ["session-doctor"]);
	await turn(async () => {
		await session.leaseBeats();
		await beats("ralph-1");
	});
	expect(await alerts()).toEqual([]);
});

test("a night that the machine slept is nobody's silence; who is silent from then on is told of", async () => {
	const { clock, turn, passes, session, alerts } = await aDoctor();
	await passes(20 * minuteMs, ["session-doctor", "ralph-1"]);
	clock.stall(nightMs);
	const listening = () => session.leaseBeats();
	await turn(listening);
	expect(await alerts()).toEqual([]);
	await passes(5 * minuteMs, ["session-doctor", "ralph-1"]);
	await turn(listening);
	expect(await alerts()).toEqual([]);
	await passes(15 * minuteMs, ["session-doctor"]);
	await turn(listening);
	expect(await alerts()).toEqual(["process-slow"]);
});

test("who hung before the machine slept is found after it, and ended", async () => {
	const { clock, turn, passes, session, alerts } = await aDoctor();
	await passes(10 * minuteMs, ["session-doctor"]);
	clock.stall(nightMs);
	await passes(10 * minuteMs, ["session-doctor"]);
	await turn();
	expect(await alerts()).toEqual(["process-hung"]);
	expect(await session.ended).toBe("SIGKILL");
});

test("nobody is ended because the machine slept while the doctor listened", async () => {
	const { clock, turn, passes, session, alerts } = await aDoctor();
	await passes(20 * minuteMs, ["session-doctor"]);
	let naps = 0;
	await turn(async () => {
		if (naps++ === 0) clock.stall(nightMs);
		else await session.leaseBeats();
	});
	expect(await alerts()).toEqual(["process-slow"]);
	expect(session.child.signalCode).toBeNull();
});

test("who hangs is ended although the log cannot be verified; that is told once a day, and no turn fails", async () => {
	const { stateDir, clock, turn, passes, session, alerts, told } = await aDoctor();
	const noted = join(stateDir, "anchors", "log-head.json");
	mkdirSync(noted, { recursive: true });
	await passes(20 * minuteMs, ["session-doctor"]);
	await turn();
	expect(await session.ended).toBe("SIGKILL");
	expect(await alerts()).toEqual(["process-hung", "log-damaged"]);
	expect((await told()).at(-1)?.data).toMatchObject({ message: expect.stringContaining(noted) });
	await turn();
	expect((await alerts()).filter((code) => code === "log-damaged")).toHaveLength(1);
	clock.stall(24 * 60 * minuteMs);
	await turn();
	expect((await alerts()).filter((code) => code === "log-damaged")).toHaveLength(2);
});

test("who hangs is ended before the log is read, whatever ends that", async () => {
	const { turn, passes, session, world } = await aDoctor();
	await passes(20 * minuteMs, ["session-doctor"]);
	const verify = () => Promise.reject(new TypeError("a fault of ours"));
	const log = Object.assign(Object.create(world.floor.log) as typeof world.floor.log, { verify });
	await expect(turn(undefined, { ...world, floor: { ...world.floor, log } })).rejects.toThrow("a fault of ours");
	expect(await session.ended).toBe("SIGKILL");
});

async function aDoctor() {
	const stateDir = tempDir();
	const clock = fakeClock();
	const floor = openFloor({ stateDir, clock });
	onTestFinished(() => floor.close());
	const heartbeatMs = 5 * minuteMs;
	const world: World = {
		name: "session-doctor",
		config: unconfigured(),
		floor,
		clock,
		places: findPlaces({}),
		heartbeatMs,
	};
	const session = await aSession(world);
	for (const name of ["session-doctor", "ralph-1"])
		await floor.log.append([draftOf("process_started", { pid: 7, node: "v20", after: "first", crashes: 0 }, name)]);
	const beats = async (name: string) =>
		void (await floor.log.append([draftOf("heartbeat", { pid: 7, doing: "waiting", handled: 0 }, name)]));
	const told = async () => await floor.log.last(1_000, { type: ["alert"] });
	return {
		stateDir,
		clock,
		world,
		session,
		beats,
		told,
		alerts: async () => (await told()).flatMap((entry) => (entry.type === "alert" ? [entry.data.code] : [])),
		/** Time passes, and those who are named beat as often as they should. */
		async passes(ms: number, beating: readonly string[]) {
			for (let left = ms; left > 0; left -= heartbeatMs) {
				clock.stall(heartbeatMs);
				for (const name of beating) await beats(name);
			}
		},
		/** A turn, and what happens every few seconds of it. */
		async turn(meanwhile: () => Promise<void> = async () => {}, as: World = world) {
			let isOver = false;
			const { signal } = new AbortController();
			const state = await currentState(floor);
			const turning = tick(as, { state, because: [], signal, doing: () => beats("session-doctor") }).finally(() => {
				isOver = true;
			});
			// Thrown where it is awaited, below; until the clock has gone that far, nobody waits for it.
			turning.catch(() => {});
			while (!isOver) {
				await clock.advance(0);
				await meanwhile();
				await clock.advance(5_000);
			}
			await turning;
		},
	};
}

/** A process in the seat of ralph-1, whose lease beats when the test says so. */
async function aSession({ floor }: World) {
	const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1_000)"]);
	onTestFinished(() => void child.kill("SIGKILL"));
	const ended = new Promise((resolve) => child.once("exit", (_code, signal) => resolve(signal)));
	const mine = await floor.leases.hold("elsewhere", { slots: 1, ttlMs: minuteMs });
	const [slot] = await floor.leases.held(mine.name);
	const [, , ...place] = slot?.holder.split("-") ?? [];
	// A start time of 0 is one that is not known.
	const holder = [child.pid, "0", ...place].join("-");
	let beat = 0;
	const leaseBeats = async () => {
		const value = { epoch: 1, slots: [{ slot: 0, holder, epoch: 1, beat: ++beat, ttlMs: 30_000 }] };
		await floor.records.update("leases/process-ralph-1", () => value);
	};
	await leaseBeats();
	return { child, ended, leaseBeats };
}

/** Turns on a real floor, with a clock held by the test. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { attachCommand, endTerminals, openTerminal } from "@shopfloor/agents";
import { type Entry, unconfigured } from "@shopfloor/core";
import { currentState, findPlaces, isAlive, openFloor, tickOf, type World } from "@shopfloor/core/io";
import { draftOf, fakeClock, needs, startProgram, tempDir } from "@shopfloor/core/testing";
import { expect, onTestFinished, test } from "vitest";
import { act } from "./act.ts";
import { decide } from "./decide.ts";
import { observe } from "./observe.ts";
import { schedulerTick } from "./tick.ts";

const minuteMs = 60_000;
const tick = tickOf({ observe, decide, act });

test("the machine is looked at when its time has come, what is left behind at every turn", async () => {
	const factory = aScheduler();
	for (let minute = 0; minute <= 10; minute++) {
		factory.leftover();
		await factory.turn();
	}
	expect(await factory.told("health")).toHaveLength(3);
	expect((await factory.alerts()).filter((code) => code === "swept")).toHaveLength(11);
});

test("a word about a task costs no look at the floor, and many of them do not keep it from being looked at", async () => {
	const factory = aScheduler();
	const takeTurn = schedulerTick();
	const words = async () => {
		const data = { title: `task ${factory.clock.now()}`, source: "cli" };
		const because = await factory.floor.log.append([draftOf("task_requested", data, "cli:test")]);
		await factory.turn(because, takeTurn, 20_000);
	};
	factory.leftover();
	await words();
	expect(await factory.alerts()).toEqual(["swept"]);
	factory.leftover();
	await words();
	await words();
	expect(await factory.alerts()).toEqual(["swept"]);
	await words();
	expect(await factory.alerts()).toEqual(["swept", "swept"]);
	expect((await factory.floor.tasks.read()).value.tasks).toHaveLength(4);
});

test("who asks for the machine's health gets it at once", async () => {
	const factory = aScheduler();
	await factory.turn();
	await factory.turn(await factory.asksForHealth());
	expect(await factory.told("health")).toHaveLength(2);
});

test("a clock that was set back does not keep the machine from being looked at", async () => {
	const factory = aScheduler();
	await factory.turn();
	factory.clock.jump(-600 * minuteMs);
	await factory.turn();
	expect(await factory.told("health")).toHaveLength(2);
});

test("an empty seat is told once, also when the scheduler itself was started anew in between", async () => {
	const factory = aScheduler();
	for (const name of ["session-doctor", "cto-reviewer", "webhook-gateway", "ralph-1"])
		await factory.floor.leases.hold(`process-${name}`, { slots: 1, ttlMs: minuteMs });
	for (let minute = 0; minute < 10; minute++) await factory.turn();
	await factory.starts();
	for (let minute = 0; minute < 10; minute++) await factory.turn();
	expect(await factory.alerts()).toEqual(["process-absent"]);
	expect((await factory.told("alert"))[0]?.data).toMatchObject({ subject: "ralph-2" });
});

test("SUP-10: a doctor that slept with the machine is not missed; one that says nothing afterwards is", async () => {
	const factory = aScheduler();
	for (const name of ["session-doctor", "cto-reviewer", "webhook-gateway", "ralph-1", "ralph-2"])
		await factory.floor.leases.hold(`process-${name}`, { slots: 1, ttlMs: minuteMs });
	await factory.starts("session-doctor");
	await factory.starts();
	const minutes = async (count: number, doctorBeatsAt?: number) => {
		for (let minute = 0; minute < count; minute++) {
			if (minute % 5 === 1) await factory.beats("scheduler");
			if (minute % 5 === doctorBeatsAt) await factory.beats("session-doctor");
			await factory.turn();
		}
	};
	await minutes(20, 4);
	factory.clock.stall(480 * minuteMs);
	await minutes(20, 4);
	expect(await factory.alerts()).toEqual([]);
	await minutes(20);
	expect(await factory.alerts()).toEqual(["doctor-silent"]);
});

test("what a killed process left running is ended and told, and its call is settled for what was reserved", async (context) => {
	needs(context, "linux");
	const { floor, stateDir, turn, alerts, told } = aScheduler();
	const tree = join(stateDir, "tree");
	mkdirSync(tree);
	const owner = startProgram("start-child.mjs", [tree, "/bin/sh", "-c", "echo $$; exec sleep 500"]);
	const stray = Number(/\d+/.exec(await owner.says(/^said/))?.[0]);
	const identity = "999999999-1-000000000000-1-1";
	await floor.log.append([
		draftOf("call_reserved", {
			call: "c-1",
			role: "coder",
			agent: "claude",
			usd: 2,
			until: "2100-01-01T00:00:00.000Z",
			owner: identity,
			after: 0,
		}),
	]);
	owner.kill();
	await owner.ended;
	expect(isAlive(stray)).toBe(true);
	await turn();
	expect(isAlive(stray)).toBe(false);
	expect(await alerts()).toEqual(expect.arrayContaining(["runs-ended", "calls-lost"]));
	expect((await told("alert")).map(({ data }) => ("message" in data ? data.message : ""))).toContain(
		"1 call was cut off by the death of whoever made it; charged what was reserved, $2.00",
	);
	expect((await currentState(floor)).spending.open).toEqual({});
	const before = (await alerts()).length;
	await turn();
	expect(await alerts()).toHaveLength(before);
});

test("a session that showed something has its window, also after that was closed", async (context) => {
	if (spawnSync("tmux", ["-V"]).status !== 0) context.skip("needs tmux");
	const { stateDir, turn } = aScheduler();
	onTestFinished(() => endTerminals(stateDir));
	const windows = () => spawnSync("tmux", [...attachCommand(stateDir, "any").slice(1, 5), "list-windows", "-F", "#W"]);
	await turn();
	expect(windows().status).not.toBe(0);
	openTerminal(stateDir, "ralph-1").show("one");
	await turn();
	expect(String(windows().stdout)).toBe("ralph-1\n");
	await endTerminals(stateDir);
	await turn();
	expect(String(windows().stdout)).toBe("ralph-1\n");
});

function aScheduler() {
	const stateDir = tempDir();
	const clock = fakeClock();
	const floor = openFloor({ stateDir, clock });
	onTestFinished(() => floor.close());
	const config = unconfigured();
	const world: World = { name: "scheduler", config, floor, clock, places: findPlaces({}), heartbeatMs: 5 * minuteMs };
	const told = async (type: "health" | "alert") => await floor.log.last(1_000, { type: [type] });
	return {
		stateDir,
		clock,
		floor,
		told,
		async starts(name = "scheduler") {
			const data = { pid: 7, node: "v20", after: "stop", crashes: 0 } as const;
			await floor.log.append([draftOf("process_started", data, name)]);
		},
		async beats(name: string) {
			await floor.log.append([draftOf("heartbeat", { pid: 7, doing: "waiting", handled: 0 }, name)]);
		},
		leftover() {
			mkdirSync(join(stateDir, "locks"), { recursive: true });
			writeFileSync(join(stateDir, "locks", "counter"), "999-1-000000000000-1-1");
		},
		asksForHealth: async () =>
			await floor.log.append([draftOf("trigger", { what: "health", source: "test" }, "cli:test")]),
		/** A turn, and the time until the next. */
		async turn(because: readonly Entry[] = [], take = tick, untilNextMs = minuteMs) {
			const { signal } = new AbortController();
			await take(world, { state: await currentState(floor), because, signal, doing: async () => {} });
			clock.stall(untilNextMs);
		},
		alerts: async () => (await told("alert")).flatMap((entry) => (entry.type === "alert" ? [entry.data.code] : [])),
	};
}

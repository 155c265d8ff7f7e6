/** Ends in the middle of a turn, by request and by force. The child that a turn waits for stands for an agent. */
import { join } from "node:path";
import { isAlive } from "@shopfloor/core/io";
import { describe, expect, test } from "vitest";
import { aFactory, type Factory, root, type Started } from "./factory.ts";

/** What PM2 leaves between its signal and SIGKILL: `kill_timeout` in the ecosystem. */
const killTimeoutMs = 8_000;

describe("SUP-04: a stop while a turn runs", () => {
	test.each(["SIGINT", "SIGTERM"] as const)(
		"by %s ends the child, then the process, in time; the task goes back once",
		async (signal) => {
			const factory = aFactory();
			await factory.assign("t-1", "ralph-1");
			const { started, child } = await aLongTurn(factory);
			const begun = performance.now();
			started.child.kill(signal);
			expect(await started.ended).toEqual({ code: 0, errors: "" });
			expect(performance.now() - begun).toBeLessThan(killTimeoutMs);
			expect(isAlive(child)).toBe(false);
			expect((await factory.entries("process_stopped")).map(({ data }) => data.reason)).toEqual(["signal"]);
			expect(await factory.floor.leases.held("process-ralph-1")).toEqual([]);
			await givenBackOnce(factory);
		},
	);

	test("of a turn that does not let go ends the process in time all the same", async () => {
		const factory = aFactory();
		const { started } = await aLongTurn(factory, "deaf");
		const begun = performance.now();
		started.child.kill("SIGINT");
		expect(await started.ended).toEqual({ code: 0, errors: "" });
		expect(performance.now() - begun).toBeLessThan(killTimeoutMs);
		expect(await factory.entries("process_stopped")).toHaveLength(1);
		expect(await factory.floor.leases.held("process-ralph-1")).toEqual([]);
	});

	test("by the log ends the child and leaves the process, which starts nothing until it is resumed", async () => {
		const factory = aFactory();
		const { started, child } = await aLongTurn(factory);
		await factory.floor.log.append([
			{ type: "paused", by: "cli:test", data: { scope: "ralph", kind: "stop", reason: "night" } },
		]);
		const stopped = await factory.entry("heartbeat", ({ data }) => data.doing === "stopped: night");
		expect(isAlive(child)).toBe(false);
		expect(isAlive(started.pid)).toBe(true);
		await factory.floor.log.append([{ type: "resumed", by: "cli:test", data: { scope: "ralph" } }]);
		await factory.entry("heartbeat", ({ seq, data }) => seq > stopped.seq && data.doing.startsWith("waiting for"));
	});
});

test("a crash in the middle of a turn ends the child as well, and the seat is free after it", async () => {
	const factory = aFactory();
	const { started, child } = await aLongTurn(factory, "crashing");
	started.child.kill("SIGUSR2");
	const { code, errors } = await started.ended;
	expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining("Error: a fault") });
	expect(isAlive(child)).toBe(false);
	expect(await factory.entries("process_stopped")).toEqual([]);
	expect(await factory.floor.leases.held("process-ralph-1")).toEqual([]);
});

test("SUP-05: what a killed process had been given goes back once", async () => {
	const factory = aFactory();
	await factory.assign("t-1", "ralph-1");
	const { started } = await aLongTurn(factory);
	started.child.kill("SIGKILL");
	await started.ended;
	await givenBackOnce(factory);
	expect((await factory.entries("process_started"))[1]?.data).toMatchObject({ after: "crash", crashes: 1 });
});

test("SUP-14: a second signal ends at once what the first one could not", async () => {
	const factory = aFactory();
	const { started } = await aLongTurn(factory, "deaf");
	started.child.kill("SIGINT");
	await factory.entry("heartbeat", ({ data }) => data.doing === "hearing nothing");
	started.child.kill("SIGINT");
	expect(await started.ended).toEqual({ code: 1, errors: "" });
	expect(await factory.entries("process_stopped")).toEqual([]);
});

/** A process in the middle of its turn, and the child that it waits for. */
async function aLongTurn(factory: Factory, ...args: readonly string[]): Promise<{ started: Started; child: number }> {
	const started = factory.run(join(root, "tests", "programs", "long-turn.mjs"), ...args);
	const { data } = await factory.entry("heartbeat", ({ data: { doing } }) => /^waiting for \d/.test(doing));
	return { started, child: Number(data.doing.split(" ").at(-1)) };
}

/** By the copy that comes next, and by nobody after it. */
async function givenBackOnce(factory: Factory): Promise<void> {
	for (let life = 0; life < 2; life++) {
		const next = await factory.start("ralph-worker", "ralph-1");
		await factory.entry("ralph_cycle");
		await factory.entry("heartbeat", ({ data }) => data.pid === next.pid && data.doing === "waiting");
		next.child.kill("SIGTERM");
		await next.ended;
	}
	expect((await factory.entries("ralph_cycle")).map(({ data }) => [data.task, data.outcome])).toEqual([
		["t-1", "limited"],
	]);
}

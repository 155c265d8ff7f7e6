import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeReadOnly, makeWritable, smallDisk } from "@shopfloor/core/testing";
import { describe, expect, test } from "vitest";
import { aFactory, type Factory, root, told } from "./factory.ts";

describe("a start", () => {
	test("is told in the log, with how the copy before it ended", async () => {
		const factory = aFactory();
		const first = await factory.start("ralph-worker", "ralph-1");
		first.child.kill("SIGTERM");
		await first.ended;
		await factory.start("ralph-worker", "ralph-1");
		const started = await factory.entries("process_started");
		expect(started.map(({ by, data }) => [by, data.after])).toEqual([
			["ralph-1", "first"],
			["ralph-1", "stop"],
		]);
	});

	test("after a kill -9 says so, names the dead, and the log verifies", async () => {
		const factory = aFactory();
		const first = await factory.start("ralph-worker", "ralph-1");
		first.child.kill("SIGKILL");
		await first.ended;
		await factory.start("ralph-worker", "ralph-1");
		const last = (await factory.entries("process_started")).at(-1);
		expect(last?.data).toMatchObject({ after: "crash", crashes: 1, previousPid: first.pid });
		expect((await await factory.floor.log.verify()).bad).toBeUndefined();
	});

	test("of a second copy is refused politely, and the first one works on", async () => {
		const factory = aFactory();
		const first = await factory.start("scheduler");
		const second = await factory.launch("scheduler").ended;
		expect(second.code).toBe(3);
		expect(second.errors).toContain(
			`scheduler runs already (pid ${first.pid}); this second copy ends without having done anything.\n`,
		);
		expect((await factory.now()).processes["scheduler"]).toMatchObject({ pid: first.pid, status: "running" });
	});

	test("waits for a seat whose holder may be dead where nobody here can see it, and takes it", async () => {
		const factory = aFactory();
		await seatElsewhere(factory, "ralph-1", 5_000);
		await factory.start("ralph-worker", "ralph-1");
		expect(await factory.floor.leases.held("process-ralph-1")).toMatchObject([{ epoch: 2 }]);
	});

	test("on a disk that is read-only waits until it can be written", async (context) => {
		const disk = smallDisk(context, 4_000);
		const factory = aFactory(disk);
		mkdirSync(factory.state);
		await makeReadOnly(disk);
		const started = factory.launch("ralph-worker", "ralph-1");
		const ready = told(started, "ready");
		await started.says(/ralph-1 waits to start: .*EROFS/);
		await makeWritable(disk);
		await ready;
		expect((await factory.now()).processes["ralph-1"]).toMatchObject({ pid: started.pid, status: "running" });
	});

	test("with a faulty configuration tells every fault and is not to be tried again", async () => {
		const factory = aFactory().configured({ repository: { path: "." }, sesions: 2, heartbeat: "often" });
		const { code, errors } = await factory.launch("scheduler").ended;
		expect(code).toBe(2);
		expect(errors).toContain("2 faults");
		expect(errors).toContain('did you mean "sessions"?');
		expect(errors).toContain("heartbeat");
	});

	test("SUP-08: where the state directory cannot be, ends with one readable line", async () => {
		const factory = aFactory();
		mkdirSync(factory.dir, { recursive: true });
		writeFileSync(factory.state, "a file stands here");
		const { code, errors } = await factory.launch("scheduler").ended;
		expect(code).toBe(2);
		expect(errors.trim().split("\n")).toHaveLength(1);
		expect(errors).toContain("SHOPFLOOR_STATE");
	});

	test("of a worker without the name of a session is refused", async () => {
		expect(await aFactory().launch("ralph-worker", "bob").ended).toMatchObject({
			code: 2,
			errors: expect.stringContaining('"bob"'),
		});
	});
});

describe("SUP-14: an end", () => {
	test.each(["SIGINT", "SIGTERM", "shutdown"] as const)(
		"by %s is orderly: said in the log, the seat given back",
		async (how) => {
			const factory = aFactory();
			const started = await factory.start("ralph-worker", "ralph-1");
			if (how === "shutdown") started.child.send("shutdown");
			else started.child.kill(how);
			expect(await started.ended).toEqual({ code: 0, errors: "" });
			const reason = how === "shutdown" ? "shutdown" : "signal";
			expect((await factory.entries("process_stopped")).map(({ data }) => data.reason)).toEqual([reason]);
			expect(await factory.floor.leases.held("process-ralph-1")).toEqual([]);
		},
	);

	test("while it waits for its seat: it ends with 0, and has said and changed nothing", async () => {
		const factory = aFactory();
		await seatElsewhere(factory, "ralph-1", 60_000);
		const waiting = factory.launch("ralph-worker", "ralph-1");
		await waiting.says(/ralph-1 waits: somebody has its seat/);
		waiting.child.kill("SIGTERM");
		expect((await waiting.ended).code).toBe(0);
		expect(await factory.floor.log.last(5)).toEqual([]);
		expect(await factory.floor.leases.held("process-ralph-1")).toMatchObject([{ epoch: 1 }]);
	});

	test("while it waits for a disk that is read-only: it ends with 0", async (context) => {
		const disk = smallDisk(context, 4_000);
		const factory = aFactory(disk);
		mkdirSync(factory.state);
		await makeReadOnly(disk);
		const waiting = factory.launch("ralph-worker", "ralph-1");
		await waiting.says(/waits to start/);
		waiting.child.send("shutdown");
		expect((await waiting.ended).code).toBe(0);
	});

	test("of one whose turn and whose last words hang comes within one deadline, before PM2 would kill it", async () => {
		const factory = aFactory();
		const started = factory.run(join(root, "tests", "programs", "stubborn.mjs"));
		await told(started, "hanging");
		const asked = performance.now();
		started.child.kill("SIGINT");
		expect((await started.ended).code).toBe(0);
		expect(performance.now() - asked).toBeLessThan(killTimeoutMs);
	});
});

/** `kill_timeout` in the ecosystem. */
const killTimeoutMs = 8_000;

test("a process whose launcher died ends in order, so that nobody works unattended", async () => {
	const factory = aFactory();
	const started = await factory.start("ralph-worker", "ralph-1");
	started.child.disconnect();
	expect((await started.ended).code).toBe(0);
	expect((await factory.entries("process_stopped")).map(({ data }) => data.reason)).toEqual(["launcher-gone"]);
});

test("an error nobody expected is told with its place in the sources, though a process is one bundled file", async () => {
	const factory = aFactory();
	const preload = join(factory.dir, "preload.cjs");
	const toIso = "Date.prototype.toISOString";
	// The next time that somebody writes down is the last.
	writeFileSync(
		preload,
		`const real = ${toIso}; process.on("SIGUSR2", () => { ${toIso} = () => { ${toIso} = real; throw new TypeError("no time"); }; });`,
	);
	factory.nodeArgs.push("--require", preload);
	const started = await factory.start("scheduler");
	await factory.entry("health");
	started.child.kill("SIGUSR2");
	await factory.floor.log.append([{ type: "trigger", by: "cli:test", data: { what: "health", source: "cli" } }]);
	const { code, errors } = await started.ended;
	expect(code).toBe(1);
	expect(errors).toMatch(/TypeError: no time\n.*\n.*core\/src\/io\/clock\.ts:\d+:\d+/);
	const [alert] = await factory.entries("alert");
	expect(alert?.data.message).toContain("core/src/io/clock.ts:");
	expect(alert?.data.message).not.toContain("dist/main.js");
});

describe("the crash budget", () => {
	test("SUP-01, SUP-02: too many crashes park the process, tell it once, and a person's restart begins anew", async () => {
		const factory = aFactory().configured({ repository: { path: "." }, restarts: { crashes: 3, window: "1h" } });
		for (let crash = 1; crash <= 3; crash++) {
			const started = await factory.start("ralph-worker", "ralph-1");
			started.child.kill("SIGKILL");
			await started.ended;
		}
		const parked = await factory.launch("ralph-worker", "ralph-1").ended;
		expect(parked.code).toBe(4);
		expect(parked.errors).toContain("ralph-1 is parked: it crashed 3 times within 1h");
		expect((await factory.now()).processes["ralph-1"]?.status).toBe("parked");
		expect((await factory.entries("alert")).map(({ data }) => data.code)).toEqual(["process-parked"]);

		await factory.start("ralph-worker", "ralph-1");
		expect((await factory.entries("process_started")).at(-1)?.data).toMatchObject({ after: "parked", crashes: 0 });
	});

	test("QUE-10: a trigger that ends the process at every turn parks it once; the next life answers it and goes on", async () => {
		const factory = aFactory().configured({ repository: { path: "." }, restarts: { crashes: 2, window: "1h" } });
		const life = () => factory.run(join(root, "tests", "programs", "poisoned.mjs"));
		const healthy = life();
		await factory.entry("heartbeat", ({ data }) => data.doing === "waiting");
		const poison = await asksFor(factory, "poison");
		expect((await healthy.ended).code).toBe(1);
		expect((await life().ended).code).toBe(1);
		expect((await life().ended).code).toBe(4);
		const later = await asksFor(factory);

		const next = life();
		await factory.entry("trigger_done", ({ data }) => data.trigger === later);
		const answers = (await factory.entries("trigger_done")).map(({ data }) => [data.trigger, data.outcome]);
		expect(answers).toEqual([
			[poison, "failed"],
			[later, "done"],
		]);
		const alerts = (await factory.entries("alert")).map(({ data }) => data);
		expect(alerts.map(({ code }) => code)).toEqual(["crashed", "crashed", "process-parked", "passed-over"]);
		expect(alerts.at(-1)?.message).toContain(`entry ${poison} (trigger by cli:test)`);
		next.child.kill("SIGTERM");
		expect((await next.ended).code).toBe(0);
	});

	test("a clean stop is no crash", async () => {
		const factory = aFactory().configured({ repository: { path: "." }, restarts: { crashes: 1 } });
		for (let life = 0; life < 3; life++) {
			const started = await factory.start("ralph-worker", "ralph-1");
			started.child.kill("SIGTERM");
			await started.ended;
		}
		expect((await factory.now()).processes["ralph-1"]?.status).toBe("stopped");
	});
});

describe("the scheduler", () => {
	test("tells the machine's health at once, with every process's memory", async () => {
		const factory = aFactory();
		await factory.start("ralph-worker", "ralph-1");
		await factory.start("scheduler");
		const { data } = await factory.entry("health");
		expect(data.memory.limitBytes).toBeGreaterThan(data.memory.usedBytes);
		expect(data.disk.totalBytes).toBeGreaterThan(0);
		expect(data.processes.map(({ name }) => name).sort()).toEqual(["ralph-1", "scheduler"]);
		for (const { rssBytes } of data.processes) expect(rssBytes).toBeGreaterThan(10_000_000);
	});

	test("is woken by a trigger and answers it", async () => {
		const factory = aFactory();
		await factory.start("scheduler");
		const first = await factory.entry("health");
		const [trigger] = await factory.floor.log.append([
			{ type: "trigger", by: "cli:test", data: { what: "health", source: "cli" } },
		]);
		await factory.entry("trigger_done", ({ data }) => data.trigger === trigger?.seq);
		expect((await factory.entries("health")).at(-1)?.seq).toBeGreaterThan(first.seq);
	});

	test("does nothing while the factory is stopped, also after a restart", async () => {
		const factory = aFactory();
		await factory.floor.log.append([
			{ type: "paused", by: "cli:test", data: { scope: "all", kind: "stop", reason: "night" } },
		]);
		const started = await factory.start("scheduler");
		await factory.entry("heartbeat", ({ data }) => data.doing === "stopped: night");
		started.child.kill("SIGKILL");
		await started.ended;
		await factory.start("scheduler");
		await factory.entry("heartbeat", ({ data, seq }) => data.doing === "stopped: night" && seq > 4);
		expect(await factory.entries("health")).toEqual([]);
		await factory.floor.log.append([{ type: "resumed", by: "cli:test", data: { scope: "all" } }]);
		await factory.entry("health");
	});
});

test("a session that is given a task without having a repository gives it back with the reason", async () => {
	const factory = aFactory();
	await factory.assign("t-1", "ralph-1");
	await factory.start("ralph-worker", "ralph-1");
	const { data } = await factory.entry("ralph_cycle");
	expect(data).toMatchObject({ task: "t-1", outcome: "limited", reason: expect.stringMatching(/no repository/) });
});

/** The seq of the request. */
async function asksFor({ floor }: Factory, note = ""): Promise<number> {
	const data = { what: "work", source: "cli", note };
	const [entry] = await floor.log.append([{ type: "trigger", by: "cli:test", data }]);
	return entry?.seq ?? 0;
}

/** A holder in another container: nobody here can tell whether it lives. */
async function seatElsewhere({ floor }: Factory, name: string, ttlMs: number): Promise<void> {
	const lease = await floor.leases.hold("elsewhere", { slots: 1, ttlMs });
	const [mine] = await floor.leases.held("elsewhere");
	await lease.release();
	// Its own name, but for the pid namespace.
	const holder = mine?.holder.split("-").with(3, "1").join("-");
	await floor.records.update(`leases/process-${name}`, () => ({ epoch: 1, slots: [{ ...mine, holder }] }));
}

/** Ends in the middle of a turn, by request and by force. The child that a turn waits for stands for an agent. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "@shopfloor/core/io";
import { describe, expect, test } from "vitest";
import { aFactory, type Factory, root, type Started } from "./factory.ts";
import { aProject, type Point, type Project } from "./project.ts";

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

/** Where a stop comes, in the order in which a task goes through it. */
interface Middle {
	readonly step: string;
	readonly who: "ralph-1" | "cto-reviewer";
	/** What is run there sleeps. */
	readonly heldAt?: Point;
	/** The process itself stands still, at this visit of this point in its life. */
	readonly standsAt?: string;
	/** The process is killed there, so that nobody ends what it ran but the stop. */
	readonly isKilled?: true;
}

const middles: readonly Middle[] = [
	{ step: "analyze", who: "ralph-1", heldAt: "analyze" },
	{ step: "plan", who: "ralph-1", heldAt: "plan" },
	{ step: "read", who: "ralph-1", standsAt: "cycle.read.before@3" },
	{ step: "hack", who: "ralph-1", heldAt: "hack" },
	{ step: "hack, killed", who: "ralph-1", heldAt: "hack", isKilled: true },
	{ step: "commit", who: "ralph-1", standsAt: "cycle.commit.before@1" },
	{ step: "evaluate", who: "ralph-1", heldAt: "evaluate" },
	{ step: "push", who: "ralph-1", standsAt: "cycle.push.before@1" },
	{ step: "review", who: "cto-reviewer", heldAt: "review" },
	{ step: "land", who: "cto-reviewer", heldAt: "land" },
];

test("SUP-04: a stop in any step ends every run in 10 s, nothing starts before it is lifted, and the task is done once", {
	timeout: 300_000,
}, async () => {
	const factory = aFactory();
	const project = aProject(factory);
	const running = new Map([["scheduler", await factory.start("scheduler")]]);
	for (const [index, middle] of middles.entries()) {
		prepare(project, middle);
		const started = running.get(middle.who) ?? (await startedFor(factory, middles.slice(index)));
		running.set(middle.who, started);
		if (index > 0) await lift(factory, project, running);
		await inTheMiddle(project, started, middle);
		await stop(factory, project, started, middle);
		if (middle.isKilled) running.delete(middle.who);
		await tempt(factory, middle);
	}
	for (const [name, { child, ended }] of running) {
		child.kill("SIGTERM");
		await ended;
		running.set(name, await startOf(factory, name));
	}
	await lift(factory, project, running);
	await factory.entry("task_settled", ({ data }) => data.outcome === "done", 60_000);
	expect((await factory.floor.tasks.read()).value.tasks).toMatchObject([{ title: "count on", status: "done" }]);
	expect(project.git("log", "--format=%s", "main").split("\n").sort()).toEqual([
		"By a person",
		"The first",
		"count on",
	]);
	for (const type of ["change_pushed", "change_landed"] as const) expect(await factory.entries(type)).toHaveLength(1);
	// What was committed is not worked out anew.
	expect(project.visits().filter((point) => point === "hack")).toHaveLength(3);
	expect(factory.runs()).toEqual([]);
});

function prepare(project: Project, { step, heldAt }: Middle): void {
	if (heldAt !== undefined) project.hold(heldAt);
	// Of another base than the one that the change was looked at on, so that the landing is checked anew.
	if (step === "land") project.personCommits();
}

/** Whoever the first of these is about, standing still wherever its later ones say so. */
async function startedFor(factory: Factory, [next, ...later]: readonly Middle[]): Promise<Started> {
	const { who = "ralph-1" } = next ?? {};
	const points = [next, ...later].flatMap((middle) => (middle?.who === who ? (middle.standsAt ?? []) : []));
	if (points.length > 0) factory.endingAt("stop", ...points);
	const started = await startOf(factory, who);
	factory.endingNowhere();
	return started;
}

function startOf(factory: Factory, name: string): Promise<Started> {
	return name === "ralph-1" ? factory.start("ralph-worker", name) : factory.start(name);
}

/** All that run are seen to do nothing, whatever waits for them; then they may. */
async function lift(factory: Factory, project: Project, running: ReadonlyMap<string, Started>): Promise<void> {
	const { seq } = await factory.now();
	const visits = project.visits();
	for (const { pid } of running.values())
		await factory.entry(
			"heartbeat",
			(entry) => entry.seq > seq && entry.data.pid === pid && entry.data.doing === "stopped: night",
		);
	const since = (await factory.floor.log.last(1_000)).filter((entry) => entry.seq > seq);
	expect(since.filter(({ type }) => type !== "heartbeat")).toEqual([]);
	expect(project.visits()).toEqual(visits);
	await factory.floor.log.append([{ type: "resumed", by: "cli:test", data: { scope: "all" } }]);
}

async function inTheMiddle(project: Project, { child, pid }: Started, { step, standsAt, isKilled }: Middle) {
	const patience = { timeout: 60_000, interval: 100, message: step };
	if (standsAt === undefined) await expect.poll(() => project.held().length, patience).toBe(2);
	else await expect.poll(() => stateOf(pid), patience).toBe("T");
	if (isKilled) child.kill("SIGKILL");
}

/** By command where the runs are nobody's any more, else by the entry that it writes. */
async function stop(factory: Factory, project: Project, { child, pid }: Started, middle: Middle): Promise<void> {
	const { step, heldAt, standsAt, isKilled } = middle;
	const { seq } = await factory.now();
	const begun = performance.now();
	const data = { scope: "all", kind: "stop", reason: "night" } as const;
	if (isKilled) expect(await factory.shopfloor("stop", "--reason", "night")).toMatchObject({ exitCode: 0 });
	else await factory.floor.log.append([{ type: "paused", by: "cli:test", data }]);
	if (standsAt !== undefined) child.kill("SIGCONT");
	const patience = { timeout: agentsGoneMs, interval: 100, message: step };
	await expect.poll(() => [...project.held(), ...factory.runs()], patience).toEqual([]);
	expect(performance.now() - begun, step).toBeLessThan(agentsGoneMs);
	if (!isKilled)
		await factory.entry(
			"heartbeat",
			(entry) => entry.seq > seq && entry.data.pid === pid && entry.data.doing === "stopped: night",
		);
	if (heldAt !== undefined) project.letGo(heldAt);
}

/** Promised. */
const agentsGoneMs = 10_000;

/** Whatever usually starts something. */
async function tempt({ floor }: Factory, { step }: Middle): Promise<void> {
	const by = "cli:test";
	await floor.log.append([
		{ type: "trigger", by, data: { what: "cycle", source: "cli", subject: "ralph-1" } },
		{ type: "trigger", by, data: { what: "review", source: "cli" } },
	]);
	if (step === "analyze") return;
	// Of the same key, and so of the same task.
	const data = { title: "count on", files: ["work.txt"], source: "cli", key: "count-on" };
	await floor.log.append([{ type: "task_requested", by, data }]);
}

function stateOf(pid: number): string | undefined {
	const text = readFileSync(`/proc/${pid}/stat`, "utf8");
	return text.slice(text.lastIndexOf(")") + 2).split(" ")[0];
}

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

/** Whole cycles: real git, a real floor, and agents that are shell scripts. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Floor } from "@shopfloor/core/io";
import { draftOf, tempDir } from "@shopfloor/core/testing";
import { describe, expect, test } from "vitest";
import { aWorker } from "./testing/a-worker.ts";

describe("a cycle", { timeout: 60_000 }, () => {
	test("with a task ends in a branch at the target, a change to be reviewed, and one entry that tells it all", async () => {
		const worker = aWorker({ coder: "echo two >> a.txt", check: "test -f a.txt" });
		await worker.assign("t-1", { title: "count on", files: ["a.txt"] });
		await worker.turn();
		const [cycle] = await worker.entries("ralph_cycle");
		expect(cycle).toMatchObject({
			session: "ralph-1",
			cycle: 1,
			task: "t-1",
			title: "count on",
			outcome: "pushed",
			files: ["a.txt"],
			before: { errors: 0, failingTests: 0 },
			agents: ["coder"],
			prompts: [expect.stringMatching(/^coder@[0-9a-f]{12}$/)],
		});
		const [change] = await worker.changes();
		expect(change).toMatchObject({ status: "pending", task: "t-1", files: ["a.txt"], size: { added: 1, removed: 0 } });
		expect(worker.git("show", `${cycle?.branch}:a.txt`)).toBe("one\ntwo");
		expect(worker.git("log", "-1", "--format=%s|%(trailers:key=Task,valueonly)", change?.commit ?? "")).toBe(
			"count on|t-1\n".trim(),
		);
		expect(worker.git("log", "-1", "--format=%b", change?.commit ?? "")).toContain("I did it.");
		expect((await worker.entries("change_pushed")).map(({ change: id }) => id)).toEqual([change?.id]);
		expect((await worker.entries("cycle_step")).map(({ step }) => step)).toEqual([
			"read",
			"analyze",
			"hack",
			"commit",
			"evaluate",
			"push",
		]);
		expect(await worker.underWay()).toBeUndefined();
		await worker.turn();
		expect((await worker.entries("ralph_cycle")).map(({ task }) => task)).toEqual(["t-1", null]);
	});

	test.each([
		["worse", { coder: "rm a.txt", check: "test -f a.txt" }, /check/],
		["empty", { coder: "true" }, /changed nothing/],
		["out of scope", { coder: "echo x > b.txt" }, /out of scope: it changed b\.txt/],
	])("that comes out %s is discarded with the reason, and leaves no branch", async (_what, options, reason) => {
		const worker = aWorker(options);
		await worker.assign("t-1", { title: "count on", files: ["a.txt"] });
		await worker.turn();
		expect(await worker.entries("ralph_cycle")).toMatchObject([
			{ outcome: "discarded", reason: expect.stringMatching(reason) },
		]);
		expect(worker.git("for-each-ref", "refs/heads/brl")).toBe("");
		expect(await worker.changes()).toEqual([]);
	});

	test("of an agent that fails ends as failed, and its tree is salvaged before the next", async () => {
		const worker = aWorker({ coder: "echo half > a.txt; exit 3" });
		await worker.assign("t-1", { files: ["a.txt"] });
		await worker.turn();
		expect(await worker.entries("ralph_cycle")).toMatchObject([{ outcome: "failed", agents: ["coder"] }]);
	});

	test("plans by itself where nothing is assigned, and asks nobody again as long as nothing is new", async () => {
		const plan = { title: "count on", detail: "add two", files: ["a.txt"] };
		const worker = aWorker({ coder: "true", plan });
		await worker.turn();
		expect(await worker.entries("ralph_cycle")).toMatchObject([
			{ task: null, title: "count on", outcome: "discarded" },
		]);
		// What was discarded a moment ago is not tried again.
		await worker.turn();
		const [, second] = await worker.entries("ralph_cycle");
		expect(second).toMatchObject({ outcome: "idle", reason: expect.stringMatching(/repeats what was tried lately/) });
		const entries = (await worker.floor.log.last(1_000)).length;
		for (let turn = 0; turn < 3; turn++) await worker.turn();
		expect((await worker.floor.log.last(1_000)).length).toBe(entries);
		expect(readFileSync(join(worker.dir, "called"), "utf8").match(/planner/g)).toHaveLength(2);
	});

	test("without an idea is idle, and idle costs nothing", async () => {
		const worker = aWorker({ coder: "true" });
		await worker.turn();
		expect(await worker.entries("ralph_cycle")).toMatchObject([{ outcome: "idle", before: { errors: 0 } }]);
		const entries = (await worker.floor.log.last(1_000)).length;
		for (let turn = 0; turn < 3; turn++) await worker.turn();
		expect((await worker.floor.log.last(1_000)).length).toBe(entries);
		expect(existsSync(join(worker.dir, "called"))).toBe(false);
	});

	test("is tried anew when the prompts, the context or what others hold is new, and for nothing else", async () => {
		const worker = aWorker({ coder: "true", files: { "a.txt": "one\n", "AGENTS.md": "Keep it short.\n" } });
		const cycles = async () => {
			await worker.turn();
			return (await worker.entries("ralph_cycle")).filter(({ session }) => session === "ralph-1").length;
		};
		const seat = await sits(worker.floor, "ralph-2");
		const claim = { session: "ralph-2", cycle: 1, began: now, task: null, files: ["a.txt"] };
		const letGo = {
			session: "ralph-2",
			cycle: 1,
			task: null,
			outcome: "idle",
			reason: "",
			usd: 0,
			durationMs: 1,
		} as const;
		expect(await cycles()).toBe(1);
		worker.editsPrompt("reviewer");
		expect(await cycles(), "for nothing").toBe(1);
		worker.editsPrompt("planner");
		expect(await cycles(), "for a prompt").toBe(2);
		worker.commits({ "AGENTS.md": "Keep it long.\n" });
		expect(await cycles(), "for the context").toBe(3);
		await worker.floor.log.append([draftOf("cycle_step", { ...claim, step: "hack" }, "ralph-2")]);
		expect(await cycles(), "for a claim").toBe(4);
		await worker.floor.log.append([draftOf("ralph_cycle", letGo, "ralph-2")]);
		expect(await cycles(), "of what is as it was").toBe(4);
		await seat.release();
	});

	test("does not plan what others hold", async () => {
		const worker = aWorker({ coder: "true", plan: { title: "count on", detail: "add two", files: ["a.txt"] } });
		const seat = await sits(worker.floor, "ralph-2");
		await worker.floor.log.append([
			draftOf(
				"cycle_step",
				{ session: "ralph-2", cycle: 1, step: "hack", began: now, task: null, files: ["a.txt"] },
				"ralph-2",
			),
		]);
		await worker.turn();
		expect(await worker.entries("ralph_cycle")).toMatchObject([
			{ outcome: "idle", reason: "the plan touches what others work on: a.txt" },
		]);
		await seat.release();
		await worker.turn();
		const [, afterwards] = await worker.entries("ralph_cycle");
		expect(afterwards, "who died and was not started again holds nothing").toMatchObject({ outcome: "discarded" });
	});

	test("of its own is not begun where the scheduler says so; a task that was given is worked on", async () => {
		const worker = aWorker({ coder: "echo two >> a.txt" });
		await worker.floor.records.update("notes/may-begin", () => ({ held: "quiet hours", resting: [] }));
		await worker.turn();
		expect(await worker.floor.log.last(10)).toEqual([]);
		await worker.assign("t-1", { files: ["a.txt"] });
		await worker.turn();
		expect(await worker.entries("ralph_cycle")).toMatchObject([{ task: "t-1", outcome: "pushed" }]);
	});

	test("whose task is cancelled ends its agent at once, keeps what was begun, and says who wanted it", async () => {
		const worker = aWorker({ coder: "echo half > b.txt; exec sleep 300" });
		await worker.assign("t-1", { files: ["b.txt"] });
		const turn = worker.turn();
		await expect.poll(() => existsSync(join(worker.dir, "called")), { timeout: 20_000 }).toBe(true);
		await expect.poll(() => worker.isInTree("b.txt"), { timeout: 20_000 }).toBe(true);
		await worker.cancel("t-1");
		await turn;
		const [kept, ...more] = worker.refs("refs/shopfloor/rescue");
		expect(more).toEqual([]);
		expect(await worker.entries("ralph_cycle")).toMatchObject([
			{
				outcome: "limited",
				reason: `called off: the task was cancelled by cli:ana: done by hand. What was begun is kept at ${kept}`,
			},
		]);
		expect(await worker.underWay()).toBeUndefined();
	});

	test("whose task is cancelled while its change is measured gives that up at once", async () => {
		const worker = aWorker({ coder: "echo two > b.txt", check: "test ! -e b.txt || exec sleep 300" });
		await worker.assign("t-1", { files: ["b.txt"] });
		const turn = worker.turn();
		await expect.poll(async () => (await worker.underWay())?.step, { timeout: 20_000 }).toBe("evaluate");
		await worker.cancel("t-1");
		await turn;
		expect(await worker.changes()).toEqual([]);
		expect(worker.git("for-each-ref", "refs/heads/brl")).toBe("");
		expect(await worker.entries("ralph_cycle")).toMatchObject([
			{ outcome: "limited", reason: "the task was cancelled by cli:ana: done by hand" },
		]);
	});

	test("whose task is cancelled between its commit and a death leaves no branch", async () => {
		const worker = aWorker({ coder: "echo two > b.txt" });
		await worker.assign("t-1", { files: ["b.txt"] });
		await worker.turnUntil("cycle.commit.after");
		await worker.cancel("t-1");
		await worker.turn();
		expect(worker.refs("refs/heads")).toEqual([]);
		expect(await worker.entries("ralph_cycle")).toMatchObject([{ outcome: "limited" }]);
	});

	test("that goes on after a death tells the same as one that nothing happened to", async () => {
		const worker = aWorker({ coder: "echo two >> a.txt", check: "false" });
		await worker.assign("t-1", { files: ["a.txt"] });
		await worker.turnUntil("cycle.push.before");
		await worker.turnUntil("cycle.queue.after");
		await worker.turn();
		const { before, ...cycle } = (await worker.entries("ralph_cycle"))[0] ?? {};
		expect(before).not.toEqual({ errors: 0, failingTests: 0 });
		expect(cycle).toMatchObject({
			outcome: "pushed",
			after: before,
			agents: ["coder"],
			prompts: [expect.stringMatching(/^coder@/)],
		});
	});

	test("whose task is cancelled meanwhile pushes nothing", async () => {
		const worker = aWorker({ coder: "echo two >> a.txt; while [ ! -f go ]; do sleep 0.05; done; rm go" });
		await worker.assign("t-1", { files: ["a.txt"] });
		const turn = worker.turn();
		await expect.poll(() => existsSync(join(worker.dir, "called")), { timeout: 20_000 }).toBe(true);
		await worker.floor.tasks.update(({ tasks }) => ({
			tasks: tasks.map((task) => ({ ...task, status: "cancelled" as const })),
		}));
		worker.inTree("go");
		await turn;
		expect(await worker.changes()).toEqual([]);
		expect(worker.git("for-each-ref", "refs/heads/brl")).toBe("");
		expect(await worker.entries("ralph_cycle")).toMatchObject([
			{ outcome: "limited", reason: "the task was cancelled" },
		]);
	});

	test("that is called off after its commit is not over, and goes on with the commit", async () => {
		const go = join(tempDir(), "go");
		const worker = aWorker({ coder: "echo two > b.txt", check: `test ! -e b.txt || test -e ${go} || exec sleep 300` });
		await worker.assign("t-1", { files: ["b.txt"] });
		const stop = new AbortController();
		const turn = worker.turn(stop.signal);
		await expect.poll(async () => (await worker.underWay())?.step, { timeout: 20_000 }).toBe("evaluate");
		stop.abort(new Error("stopped by a person"));
		await expect(turn).rejects.toThrow("stopped by a person");
		expect(await worker.entries("ralph_cycle")).toEqual([]);
		writeFileSync(go, "");
		await worker.turn();
		expect(await worker.entries("ralph_cycle")).toMatchObject([{ task: "t-1", outcome: "pushed" }]);
	});

	test("that is called off gives the task back without an attempt", async () => {
		const worker = aWorker({ coder: "exec sleep 300" });
		await worker.assign("t-1", { files: ["a.txt"] });
		const stop = new AbortController();
		const turn = worker.turn(stop.signal);
		await expect.poll(() => existsSync(join(worker.dir, "called")), { timeout: 20_000 }).toBe(true);
		stop.abort(new Error("stopped by a person"));
		await turn;
		expect(await worker.entries("ralph_cycle")).toMatchObject([
			{ outcome: "limited", reason: "called off: stopped by a person" },
		]);
		expect(await worker.underWay()).toBeUndefined();
	});
});

const now = "2026-01-31T08:00:00.000Z";

/** As a process does that is there. */
async function sits({ leases }: Floor, name: string) {
	return await leases.hold(`process-${name}`, { slots: 1, ttlMs: 60_000 });
}

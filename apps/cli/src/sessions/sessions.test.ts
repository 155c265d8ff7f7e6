import { draftOf } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { landed, pushed } from "../testing/a-change.ts";
import { aCli, type Cli } from "../testing/a-cli.ts";
import { aProcess } from "../testing/a-process.ts";
import { untilEnded } from "../testing/until-ended.ts";

const began = "2026-01-31T08:00:00.000Z";

test("before anything was started it says so", async () => {
	const cli = aCli();
	expect((await cli.run("sessions")).out).toMatchInlineSnapshot(`
		"ralph-1  absent: never started
		         no cycle yet
		ralph-2  absent: never started
		         no cycle yet

		None of them runs: npm start brings them up.
		"
	`);
	cli.configure({ repository: { path: cli.stateDir }, sessions: 0 });
	expect((await cli.run("sessions")).out).toBe(
		'No session is configured; "sessions" in the configuration says how many work.\n',
	);
});

test("each session with what it is at, since when, and what it brought", async () => {
	const cli = await worked();
	expect(`\n${(await cli.run("sessions")).out}`).toMatchInlineSnapshot(`
		"
		ralph-1  hack for 3m on t-4: guard the average against an empty list
		         1 cycle, 2 landed, $0.40; the doctor calls it stuck
		         last discarded 4m ago: the errors went from 12 to 13
		ralph-2  absent: never started
		         no cycle yet
		ralph-3  between two cycles
		         no cycle yet

		To see one work: npx shopfloor attach ralph-1
		"
	`);
	expect(JSON.parse((await cli.run("sessions", "--json")).out)[0]).toEqual({
		name: "ralph-1",
		configured: true,
		process: { state: "running", since: "2026-01-31T08:00:00.000Z", doing: "cycle 13: hack" },
		held: null,
		task: { id: "t-4", title: "guard the average against an empty list" },
		step: { name: "hack", cycle: 13, since: "2026-01-31T08:01:00.000Z", began },
		last: { outcome: "discarded", reason: "the errors went from 12 to 13", at: "2026-01-31T08:00:00.000Z" },
		class: "stuck",
		cycles: 1,
		landed: 2,
		usd: 0.4,
	});
});

test("a pause is seen, and a cycle that its process left in the middle", async () => {
	const cli = await worked();
	await cli.run("pause", "coder", "--reason", "too dear");
	await cli.floor.log.append([
		draftOf("cycle_step", { session: "ralph-2", cycle: 3, step: "evaluate", began, task: null, title: "an idea" }),
	]);
	const { out } = await cli.run("sessions");
	expect(out).toMatch(/^ralph-2 +absent, in the middle of evaluate on an idea: never started$/m);
	expect(out).toMatch(/^ralph-3 +paused: too dear$/m);
});

test("a word behind it that means nothing is answered", async () => {
	expect(await aCli().run("sessions", "scal")).toMatchObject({
		code: 2,
		err: 'shopfloor: sessions takes no argument "scal". Did you mean "scale"?\n',
	});
});

test("scaling is a word to the scheduler, within what is configured", async () => {
	const cli = aCli();
	expect(await cli.run("sessions", "scale", "1")).toMatchObject({
		code: 0,
		out: `1 session is to be given tasks; what others have under way is finished.
scheduler does not run. The request is written down, and done as soon as it runs: npm start
`,
	});
	expect(await triggers(cli)).toEqual([{ what: "scale", source: "cli", note: "1" }]);
	expect((await cli.run("sessions", "scale", "3")).err).toMatch(/only 2 sessions are configured/);
	expect((await cli.run("sessions", "scale", "many")).err).toMatch(/"many" is no number of sessions/);
	expect((await cli.run("sessions", "scale", "0")).out).toMatch(/^No session is to be given tasks/);
	expect(await triggers(cli)).toHaveLength(2);
	await aProcess(cli, "scheduler", (entry) =>
		entry.type === "trigger"
			? [
					draftOf("alert", { ...scaled, message: `${entry.data.note} of 2 sessions are given tasks` }, "scheduler"),
					draftOf("trigger_done", { trigger: entry.seq, outcome: "done" }, "scheduler"),
				]
			: [],
	);
	expect((await cli.run("sessions", "scale", "auto")).out).toBe("auto of 2 sessions are given tasks\n");
});

test("a session is told to begin its next cycle, and what came of it is told when it is waited for", async () => {
	const cli = aCli();
	expect(await cli.run("run", "ralph-1")).toMatchObject({
		code: 0,
		out: "ralph-1 does not run. The request is written down, and done as soon as it runs: npm start\n",
	});
	expect(await triggers(cli)).toEqual([{ what: "cycle", source: "cli", subject: "ralph-1" }]);
	expect(await cli.run("run", "ralph-1", "--wait")).toMatchObject({ code: 3 });
	await aProcess(cli, "ralph-1", (entry) =>
		entry.type === "trigger"
			? [
					draftOf("ralph_cycle", { ...cycle, outcome: "idle", reason: "nothing worth doing" }, "ralph-1"),
					draftOf("ralph_cycle", { ...cycle, session: "ralph-2" }, "ralph-2"),
					draftOf("trigger_done", { trigger: entry.seq, outcome: "done" }, "ralph-1"),
				]
			: [],
	);
	expect((await cli.run("run", "ralph-1", "--wait")).out).toMatchInlineSnapshot(`
		"01-31 08:00:00  ralph-1  cycle 12 on t-3: idle: nothing worth doing, $0.40 in 1m
		The cycle of ralph-1 is done.
		"
	`);
	expect((await cli.run("run", "ralph-1")).out).toMatch(/ralph-1 begins as soon as it is free/);
});

test("what is waited for is not waited for endlessly", async () => {
	const cli = aCli();
	await aProcess(cli, "ralph-1");
	expect(await untilEnded(cli, cli.run("run", "ralph-1", "--wait"), 60 * 60_000)).toMatchObject({
		code: 1,
		out: expect.stringMatching(/^ralph-1 has not answered yet/),
	});
});

test("a session that nobody configured is refused with what was meant", async () => {
	const cli = aCli();
	expect((await cli.run("run", "ralph-3")).err).toMatch(/"ralph-3" is no session\. Did you mean "ralph-/);
	expect((await cli.run("run", "scheduler")).err).toMatch(/Known are: ralph-1, ralph-2\./);
	expect(await triggers(cli)).toEqual([]);
});

const scaled = { code: "scaled", severity: "note" } as const;

const cycle = {
	session: "ralph-1",
	cycle: 12,
	task: "t-3",
	outcome: "discarded",
	reason: "the errors went from 12 to 13",
	usd: 0.4,
	durationMs: 93_000,
} as const;

/** Three sessions: one at work, one that never started, one that waits. */
async function worked(): Promise<Cli> {
	const cli = aCli();
	cli.configure({ repository: { path: cli.stateDir }, sessions: 3 });
	await cli.floor.records.update("task-queue", () => ({ tasks: [] }));
	await aProcess(cli, "ralph-1");
	await aProcess(cli, "ralph-3");
	const started = { pid: process.pid, node: "v20", after: "first", crashes: 0 } as const;
	await cli.floor.log.append([
		draftOf("process_started", started, "ralph-1"),
		draftOf("process_started", started, "ralph-3"),
		draftOf("ralph_cycle", cycle, "ralph-1"),
		pushed({ change: "c-1" }),
		landed({ change: "c-1", session: "ralph-1" }),
		landed({ change: "c-2", session: "ralph-1" }),
		landed({ change: "by-hand" }),
		draftOf("doctor_analysis", { session: "ralph-1", class: "stuck", features: {}, issues: [] }),
		draftOf("task_assigned", { task: "t-4", session: "ralph-1" }),
	]);
	cli.clock.stall(60_000);
	const title = "guard the average against an empty list";
	await cli.floor.log.append([
		draftOf("cycle_step", { session: "ralph-1", cycle: 13, step: "hack", began, task: "t-4", title }, "ralph-1"),
		draftOf("heartbeat", { pid: process.pid, doing: "cycle 13: hack", handled: 1 }, "ralph-1"),
		draftOf("heartbeat", { pid: process.pid, doing: "waiting", handled: 1 }, "ralph-3"),
	]);
	cli.clock.stall(180_000);
	return cli;
}

async function triggers(cli: Cli) {
	return (await cli.floor.log.last(10, { type: ["trigger"] })).map(({ data }) => data);
}

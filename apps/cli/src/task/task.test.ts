import type { Draft, Entry, Task } from "@shopfloor/core";
import { aTask, draftOf } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { aCli, type Cli } from "../testing/a-cli.ts";
import { aProcess } from "../testing/a-process.ts";
import { untilEnded } from "../testing/until-ended.ts";

test("a task is an entry; where no scheduler runs it says that it is written down", async () => {
	const cli = aCli();
	expect(await cli.run("task", "add", "mend the parser", "--files", "src/parser.ts", "--priority", "0")).toEqual({
		code: 0,
		err: "",
		out: `t-1 is asked for: mend the parser
scheduler does not run. The request is written down, and done as soon as it runs: npm start
`,
	});
	expect(await entriesOf(cli)).toEqual([
		{
			type: "task_requested",
			by: "cli:ana",
			title: "mend the parser",
			files: ["src/parser.ts"],
			priority: 0,
			source: "cli",
		},
	]);
});

test("the scheduler's answer is told: queued, or refused with the reason", async () => {
	const cli = aCli();
	await aProcess(cli, "scheduler", (entry) => (entry.type === "task_requested" ? [answerTo(entry)] : []));
	expect(await cli.run("task", "add", "mend the parser")).toMatchObject({
		code: 0,
		out: "t-1 is queued: mend the parser\nWhat becomes of it: npx shopfloor task show t-1\n",
	});
	expect(await cli.run("task", "add", "mend the parser", "--key", "twice")).toMatchObject({
		code: 1,
		out: "t-3 is refused: t-1 asks for the same\n",
	});
	expect(JSON.parse((await cli.run("task", "add", "mend the lexer", "--json")).out)).toEqual({
		task: "t-5",
		state: "queued",
		reason: null,
		scheduler: "there",
	});
});

test("a scheduler that does not answer is waited for five seconds, a paused one not at all", async () => {
	const cli = aCli();
	await aProcess(cli, "scheduler");
	const began = cli.clock.now();
	const { out, code } = await untilEnded(cli, cli.run("task", "add", "mend the parser"));
	expect(out).toMatch(/^t-1 is asked for.*\nscheduler has not answered yet\. The request is written down/);
	expect(code).toBe(0);
	expect(cli.clock.now() - began).toBeGreaterThanOrEqual(5_000);
	await cli.run("pause", "--reason", "lunch");
	expect((await cli.run("task", "add", "mend the lexer")).out).toBe(
		"t-3 is asked for: mend the lexer\nThe factory is paused: lunch\nThe request is written down, and done when it goes on: npx shopfloor resume\n",
	);
});

test("Ctrl-C ends the waiting, and not what was asked for", async () => {
	const cli = aCli();
	let heard = () => {};
	const asked = new Promise<void>((resolve) => {
		heard = resolve;
	});
	await aProcess(cli, "scheduler", () => {
		heard();
		return [];
	});
	const running = cli.start("task", "add", "mend the parser");
	await asked;
	expect(await running.interrupt()).toMatchObject({ code: 130, out: expect.stringMatching(/^t-1 is asked for/) });
});

test("the detail may be piped in", async () => {
	const cli = aCli({ piped: "it fails\non Mondays\n" });
	await cli.run("task", "add", "mend the parser", "--detail", "-");
	expect(await entriesOf(cli)).toMatchObject([{ detail: "it fails\non Mondays" }]);
});

test("what makes no sense is refused whole, and nothing is written", async () => {
	const cli = aCli();
	const { code, err } = await cli.run("task", "add", " ", "--priority", "high", "--after", "soon");
	expect(code).toBe(2);
	expect(err.split("\n")).toHaveLength(4);
	expect(await entriesOf(cli)).toEqual([]);
});

test("tasks are listed, by status, whole, and for programs", async () => {
	const cli = aCli();
	expect((await cli.run("task", "ls")).out).toMatch(/^No tasks\. npx shopfloor task add/);
	await queued(cli, aTask({ id: "t-1" }), aTask({ id: "t-2", title: "mend the lexer", status: "cancelled" }));
	expect((await cli.run("task", "ls")).out).toMatchInlineSnapshot(`
		"task  status   prio  for    session
		t-1   waiting     5     0s  -        repair the parser
		"
	`);
	expect((await cli.run("task", "ls", "--all")).out).toMatch(/^t-2 +cancelled/m);
	expect((await cli.run("task", "ls", "--status", "done")).out).toBe("No task is done.\n");
	expect(JSON.parse((await cli.run("task", "ls", "--json")).out)).toEqual([aTask({ id: "t-1" })]);
	expect(await cli.run("task", "ls", "--status", "cancled")).toMatchObject({
		code: 2,
		err: 'shopfloor: "cancled" is no status of a task. Did you mean "cancelled"?\n',
	});
});

test("a task is shown with its story from the log, queued or not", async () => {
	const cli = aCli();
	await cli.run("task", "add", "mend the parser");
	expect((await cli.run("task", "show", "1")).out).toMatchInlineSnapshot(`
		"t-1  asked for, not yet in the queue
		mend the parser

		asked    by cli:ana 0s ago

		01-31 08:00:00  cli:ana  asked for a task, by way of cli: mend the parser
		"
	`);
	await cli.floor.log.append([
		draftOf("task_settled", { task: "t-1", outcome: "refused", reason: "t-9 asks for the same" }, "scheduler"),
	]);
	expect((await cli.run("task", "show", "t-1")).out).toMatch(/^t-1 {2}refused, no longer in the queue\n/);
	expect(JSON.parse((await cli.run("task", "show", "t-1", "--json")).out)).toMatchObject({
		id: "t-1",
		task: null,
		request: { title: "mend the parser", by: "cli:ana" },
		story: [{ type: "task_requested" }, { type: "task_settled" }],
	});
});

test("of a task that is worked on it says what is done now", async () => {
	const cli = aCli();
	await queued(cli, aTask({ id: "t-1", status: "assigned", session: "ralph-1" }));
	await cli.floor.log.append([
		draftOf("cycle_step", {
			session: "ralph-1",
			cycle: 3,
			step: "hack",
			began: "2026-01-31T08:00:00.000Z",
			task: "t-1",
		}),
	]);
	cli.clock.stall(180_000);
	expect((await cli.run("task", "show", "t-1")).out).toMatch(/^now +ralph-1 is at hack for 3m \(cycle 3\)$/m);
});

test("a task that nobody knows is refused with what there is", async () => {
	const cli = aCli();
	expect(await cli.run("task", "show", "t-99")).toMatchObject({
		code: 2,
		err: 'shopfloor: there is no task "t-99". None is open; npx shopfloor task add "<title>" asks for one.\n',
	});
	await queued(cli, aTask({ id: "t-12" }), aTask({ id: "t-7" }));
	expect((await cli.run("task", "cancel", "t12")).err).toMatch(/there is no task "t12"\. Did you mean "t-12"\?/);
	expect((await cli.run("task", "retry", "parser")).err).toMatch(/Known are: t-12, t-7\. npx shopfloor task ls --all/);
	expect(await entriesOf(cli)).toEqual([]);
});

test("retry and cancel are orders to the scheduler, whose answer is told", async () => {
	const cli = aCli();
	await queued(cli, aTask({ id: "t-1", status: "set-aside" }), aTask({ id: "t-2" }));
	await aProcess(cli, "scheduler", (entry) => (entry.type === "task_order" ? [obedience(entry)] : []));
	expect(await cli.run("task", "retry", "t-1", "--reason", "green again")).toMatchObject({
		code: 0,
		out: "t-1 waits to be tried again.\n",
	});
	expect(await cli.run("task", "cancel", "2")).toMatchObject({ code: 0, out: "t-2 is cancelled.\n" });
	await cli.floor.records.update("task-queue", () => ({ tasks: [aTask({ id: "t-99", status: "set-aside" })] }));
	expect(await cli.run("task", "retry", "t-99")).toMatchObject({ code: 1, out: "it is done by now\n" });
	expect((await entriesOf(cli)).filter(({ type }) => type === "task_order").slice(0, 2)).toEqual([
		{ type: "task_order", by: "cli:ana", task: "t-1", order: "retry", reason: "green again" },
		{ type: "task_order", by: "cli:ana", task: "t-2", order: "cancel" },
	]);
});

test("what cannot be ordered of a task is said, and nothing is written", async () => {
	const cli = aCli();
	await queued(
		cli,
		aTask({ id: "t-1", status: "done" }),
		aTask({ id: "t-2", status: "assigned", session: "ralph-1" }),
		aTask({ id: "t-3", status: "pushed" }),
		aTask({ id: "t-4" }),
	);
	const said = async (...argv: string[]) => {
		const { code, err } = await cli.run("task", ...argv);
		return `${code} ${err}`;
	};
	expect(await said("cancel", "t-1")).toBe("1 shopfloor: t-1 is done already; there is nothing to cancel.\n");
	expect(await said("retry", "t-1")).toMatch(/^1 .*Ask for it anew: npx shopfloor task add "repair the parser"/);
	expect(await said("retry", "t-2")).toMatch(/^1 .*t-2 is being worked on by ralph-1/);
	expect(await said("retry", "t-3")).toMatch(/^1 .*t-3 has a change in review/);
	expect(await said("retry", "t-4")).toMatch(/^1 .*t-4 has not been tried yet/);
	expect(await entriesOf(cli)).toEqual([]);
	expect((await cli.run("task", "cancel", "t-3")).out).toMatch(/^t-3 is to be cancelled\.\nscheduler does not run/);
});

test("a task that the scheduler has not seen yet can be called off", async () => {
	const cli = aCli();
	await cli.run("task", "add", "mend the parser");
	expect(await cli.run("task", "cancel", "t-1")).toMatchObject({
		code: 0,
		out: expect.stringMatching(/^t-1 is to be/),
	});
	await cli.floor.log.append([draftOf("task_settled", { task: "t-1", outcome: "refused", reason: "no" })]);
	expect(await cli.run("task", "cancel", "t-1")).toMatchObject({ code: 2 });
});

test("the queue is shown empty and full, and for programs", async () => {
	const cli = aCli();
	expect((await cli.run("queue")).out).toMatch(/^No task is open\./);
	await queued(cli, aTask({ id: "t-1" }));
	expect((await cli.run("queue")).out).toMatchInlineSnapshot(`
		"Tasks: 1 open
		waiting  t-1  prio 5  0s  repair the parser

		No change is in review.
		"
	`);
	expect(JSON.parse((await cli.run("queue", "--json")).out)).toMatchObject({ tasks: [{ id: "t-1" }], changes: [] });
});

test("what the scheduler has not seen yet is not forgotten", async () => {
	const cli = aCli();
	await cli.run("task", "add", "mend the parser");
	await cli.run("task", "add", "mend the lexer");
	const unheard = "Asked for, and not in the queue until the scheduler takes its next turn:\n";
	expect((await cli.run("task", "ls")).out).toBe(`${unheard}  t-1  mend the parser\n  t-2  mend the lexer\n`);
	await cli.floor.log.append([draftOf("task_queued", { task: "t-1", title: "mend the parser" }, "scheduler")]);
	await queued(cli, aTask({ id: "t-1" }));
	expect((await cli.run("queue")).out).toMatch(
		/^Tasks: 1 open\nwaiting .*\nAsked for, .*\n {2}t-2 {2}mend the lexer\n\nNo/,
	);
	expect((await cli.run("task", "ls")).out).toMatch(/repair the parser\nAsked for/);
	await cli.floor.log.append([draftOf("task_settled", { task: "t-2", outcome: "refused", reason: "no" }, "scheduler")]);
	expect((await cli.run("queue")).out).not.toContain("t-2");
});

function answerTo({ seq, data }: Extract<Entry, { type: "task_requested" }>): Draft {
	const task = `t-${seq}`;
	return data.key === "twice"
		? draftOf("task_settled", { task, outcome: "refused", reason: "t-1 asks for the same" }, "scheduler")
		: draftOf("task_queued", { task, title: data.title, request: seq }, "scheduler");
}

function obedience({ seq, data: { task, order } }: Extract<Entry, { type: "task_order" }>): Draft {
	const refusal = { code: "order-refused", severity: "note", message: "it is done by now" } as const;
	if (task === "t-99") return { ...draftOf("alert", refusal, "scheduler"), id: `order-refused:${seq}` };
	return order === "cancel"
		? draftOf("task_settled", { task, outcome: "cancelled", reason: "a person said so" }, "scheduler")
		: draftOf("task_queued", { task, title: "repair the parser" }, "scheduler");
}

async function entriesOf(cli: Cli) {
	return (await cli.floor.log.last(20)).map(({ type, by, data }) => ({ type, by, ...data }));
}

async function queued({ floor }: Cli, ...tasks: readonly Task[]): Promise<void> {
	await floor.records.update("task-queue", () => ({ tasks }));
}

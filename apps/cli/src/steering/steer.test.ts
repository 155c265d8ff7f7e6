import { currentState } from "@shopfloor/core/io";
import { draftOf } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { aCli, type Cli } from "../testing/a-cli.ts";

async function pausesOf(cli: Cli) {
	return (await currentState(cli.floor)).steering.pauses;
}

async function entriesOf(cli: Cli) {
	return (await cli.floor.log.last(10)).map(({ type, by, data }) => ({ type, by, ...data }));
}

test("a pause is an entry, and says what happens next and how to undo it", async () => {
	const cli = aCli();
	expect(await cli.run("pause", "--reason", "lunch")).toMatchInlineSnapshot(`
		{
		  "code": 0,
		  "err": "",
		  "out": "The factory is paused.
		Running work finishes; nothing new starts, not even after a restart.
		No process runs at the moment; those that start find it in the log and wait.
		To go on: npx shopfloor resume
		",
		}
	`);
	expect(await entriesOf(cli)).toEqual([
		{ type: "paused", by: "cli:ana", scope: "all", kind: "pause", reason: "lunch" },
	]);
	expect((await cli.run("resume")).out).toMatchInlineSnapshot(`
		"The factory is no longer paused.
		No process runs; npm start brings them up.
		"
	`);
	expect(await pausesOf(cli)).toEqual({});
});

test("a stop says that the processes stay up", async () => {
	const cli = aCli();
	await cli.floor.leases.hold("process-scheduler", { slots: 1, ttlMs: 30_000 });
	await cli.floor.leases.hold("process-session-doctor", { slots: 1, ttlMs: 30_000 });
	expect((await cli.run("stop")).out).toMatchInlineSnapshot(`
		"The factory is stopped.
		What is being worked on ends now; nothing starts, not even after a restart.
		The 2 processes themselves stay up and wait; npm stop ends that, too.
		To go on: npx shopfloor resume
		"
	`);
	expect(await pausesOf(cli)).toMatchObject({ all: { kind: "stop", reason: "no reason given" } });
	expect((await cli.run("resume")).out).toContain("It goes on with the next turn");
});

test("what holds already is said, and not written again", async () => {
	const cli = aCli();
	await cli.run("pause", "--reason", "lunch");
	cli.clock.stall(720_000);
	expect(await cli.run("pause")).toMatchInlineSnapshot(`
		{
		  "code": 0,
		  "err": "",
		  "out": "The factory is paused already: since 08:00 (12m), by cli:ana: lunch
		To go on: npx shopfloor resume
		",
		}
	`);
	expect(await entriesOf(cli)).toHaveLength(1);
	expect((await cli.run("resume", "ralph-1")).out).toMatchInlineSnapshot(`
		"ralph-1 is not paused; nothing was changed.
		The factory is still paused: npx shopfloor resume
		"
	`);
	expect(await entriesOf(cli)).toHaveLength(1);
});

test("a stop hardens a pause, and a pause does not soften a stop", async () => {
	const cli = aCli();
	await cli.run("pause");
	await cli.run("stop");
	expect((await cli.run("pause")).out).toContain("The factory is stopped already, which is more than paused");
	expect(await pausesOf(cli)).toMatchObject({ all: { kind: "stop" } });
	expect(await entriesOf(cli)).toHaveLength(2);
});

test("a pause may end by itself, and asking again without an end takes the end away", async () => {
	const cli = aCli();
	expect((await cli.run("pause", "--for", "1h30m")).out).toContain("until 09:30, when the scheduler lifts it");
	expect(await pausesOf(cli)).toMatchObject({ all: { until: "2026-01-31T09:30:00.000Z" } });
	await cli.run("pause");
	expect((await pausesOf(cli))["all"]).not.toHaveProperty("until");
	expect(await cli.run("pause", "--for", "soon")).toMatchObject({
		code: 2,
		err: expect.stringContaining('--for "soon"'),
	});
});

test("scopes are the whole, processes, sessions and roles", async () => {
	const cli = aCli();
	await cli.floor.log.append([
		draftOf("process_started", { pid: 1, node: "v20", after: "first", crashes: 0 }, "moltbot"),
	]);
	for (const scope of ["all", "coder", "moltbot", "scheduler", "ralph-2"])
		expect(await cli.run("pause", scope), scope).toMatchObject({ code: 0 });
	expect(Object.keys(await pausesOf(cli))).toEqual(["all", "coder", "moltbot", "scheduler", "ralph-2"]);
	expect((await cli.run("resume")).out).toContain("coder is still paused: npx shopfloor resume coder");
});

test("what nobody knows is refused with what was meant, and nothing is written", async () => {
	const cli = aCli();
	expect(await cli.run("pause", "codr")).toEqual({
		out: "",
		err: 'shopfloor: "codr" is nothing that can be paused. Did you mean "coder"?\n',
		code: 2,
	});
	expect(await cli.run("stop", "everything")).toMatchObject({
		code: 2,
		err: expect.stringContaining("Known are: all, budget, scheduler"),
	});
	expect(await entriesOf(cli)).toEqual([]);
});

test.each([
	["ana", "cli:ana"],
	["DOMAIN\\Ana María", "cli:DOMAIN-Ana-Mar-a"],
	["", "cli:unnamed"],
	["x".repeat(200), `cli:${"x".repeat(76)}`],
])("the account %j speaks as %s", async (user, by) => {
	const cli = aCli({ user });
	await cli.run("pause");
	expect(await entriesOf(cli)).toMatchObject([{ by }]);
});

test("a reason longer than the log takes is refused before anything is written", async () => {
	const cli = aCli();
	expect(await cli.run("pause", "--reason", "x".repeat(2_001))).toMatchObject({ code: 2 });
	expect(await entriesOf(cli)).toEqual([]);
});

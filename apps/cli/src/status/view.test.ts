import type { Draft } from "@shopfloor/core";
import { draftOf } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { paintIf } from "../paint.ts";
import { aStatus, type StatusWorld } from "../testing/a-status.ts";
import { statusLines } from "./view.ts";

const names = ["scheduler", "session-doctor", "ralph-1"];
const allStarted = names.map((name, index) => started(name, index + 11));
const allSeated = { scheduler: 11, "session-doctor": 12, "ralph-1": 13 };

function started(name: string, pid: number): Draft {
	return draftOf("process_started", { pid, node: "v20.19.0", after: "first", crashes: 0 }, name);
}

function health(usedShare: number, freeBytes: number): Draft {
	return draftOf(
		"health",
		{
			memory: { usedBytes: usedShare * 2 ** 34, limitBytes: 2 ** 34, usedShare, boundBy: "machine" },
			pressure: null,
			load: { one: 0.42, five: 0.4, cores: 2 },
			disk: { freeBytes, totalBytes: 2 ** 38 },
			processes: [{ name: "scheduler", pid: 11, rssBytes: 61 * 2 ** 20 }],
		},
		"scheduler",
	);
}

async function shown(world: StatusWorld, width = 80): Promise<string> {
	const lines = statusLines(await aStatus(world), { paint: paintIf(false), timeZone: "UTC", width });
	for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(width);
	return `\n${lines.join("\n")}\n`;
}

test("a factory that was never started", async () => {
	expect(await shown({})).toMatchInlineSnapshot(`
		"
		The factory is not running. It was never started on this state directory.

		tasks    none
		changes  none
		machine  not looked at yet
		spent    nothing today
		alerts   none
		log      empty

		What to do:
		  no process runs: npm start
		"
	`);
});

test("who stands elsewhere is told where the commands work", async () => {
	const look = { paint: paintIf(false), timeZone: "UTC", width: 80, elsewhere: "/opt/factory" };
	expect(statusLines(await aStatus({}), look)).toContain("What to do, in /opt/factory:");
});

test("a factory without a configuration", async () => {
	const config = { kind: "absent", expected: ["scheduler", "session-doctor"] } as const;
	expect(
		await shown({ config, drafts: allStarted.slice(0, 2), seats: { scheduler: 11, "session-doctor": 12 }, minutes: 4 }),
	).toMatchInlineSnapshot(`
		"
		The factory is up: 2 processes run.

		process         state    pid  for  heard  memory  doing
		scheduler       running  11   4m   4m     -       starting
		session-doctor  running  12   3m   3m     -       starting

		tasks    none
		changes  none
		machine  not looked at yet
		spent    nothing today
		alerts   none
		log      2 entries, last 3m ago, 500 B, head 9f86d081884c

		What to do:
		  no repository to work on is configured: npx shopfloor init
		"
	`);
});

test("a factory at work", async () => {
	const drafts = [
		...allStarted,
		draftOf("task_queued", { task: "t-1", title: "repair the parser" }, "scheduler"),
		draftOf("task_queued", { task: "t-2", title: "mend the lexer" }, "scheduler"),
		draftOf("task_assigned", { task: "t-1", session: "ralph-1" }, "scheduler"),
		draftOf("heartbeat", { pid: 13, doing: "evaluating", handled: 3 }, "ralph-1"),
		draftOf(
			"ralph_cycle",
			{
				session: "ralph-1",
				cycle: 1,
				task: "t-0",
				outcome: "pushed",
				reason: "two errors less",
				usd: 0.3,
				durationMs: 90_000,
			},
			"ralph-1",
		),
		draftOf(
			"change_pushed",
			{ change: "c-1", task: "t-0", session: "ralph-1", branch: "brl/ralph-1/1", commit: "abc", base: "def" },
			"ralph-1",
		),
		draftOf(
			"agent_called",
			{
				role: "coder",
				agent: "claude",
				usd: 1.25,
				estimated: false,
				inputTokens: 1,
				cachedTokens: 0,
				outputTokens: 1,
				durationMs: 1,
				outcome: "done",
			},
			"ralph-1",
		),
		health(0.41, 2 ** 36),
	];
	expect(await shown({ drafts, seats: allSeated, minutes: 12 })).toMatchInlineSnapshot(`
		"
		The factory is up: 3 processes run.

		process         state    pid  for  heard  memory  doing
		scheduler       running  11   12m  12m    61 MiB  starting
		session-doctor  running  12   11m  11m    -       starting
		ralph-1         running  13   10m  6m     -       evaluating

		session  task  cycles  last cycle
		ralph-1  t-1   1       pushed 5m ago  two errors less

		tasks    1 waiting, 1 assigned
		changes  1 pending
		machine  memory 41 % of 16 GiB, load 0.4 of 2, disk 64 GiB free (2m ago)
		spent    $1.25 today in 1 call
		alerts   none
		log      11 entries, last 2m ago, 2.7 KiB, head 9f86d081884c
		"
	`);
});

test("everything that can be wrong at once", async () => {
	const drafts = [
		...allStarted,
		draftOf(
			"process_parked",
			{ pid: 12, crashes: 5, windowMs: 1, reason: "it crashed 5 times within 1h" },
			"session-doctor",
		),
		draftOf("alert", {
			code: "process-parked",
			severity: "error",
			message:
				"session-doctor is parked: it crashed 5 times within 1h. Look at its log (pm2 logs session-doctor), then start it again: pm2 restart session-doctor",
		}),
		health(0.93, 2 ** 29),
		draftOf("paused", { scope: "coder", kind: "pause", reason: "lunch", until: "2026-01-31T09:00:00.000Z" }, "cli:ana"),
		draftOf(
			"paused",
			{ scope: "all", kind: "stop", reason: `it spends too much\u001b[2J${" and more".repeat(20)}` },
			"cli:ana",
		),
		draftOf("approval_asked", {
			approval: "a-1",
			change: "c-1",
			commit: "abc",
			question: "May it change the public interface?",
			expires: "2026-01-31T09:00:00.000Z",
		}),
	];
	expect(await shown({ drafts, seats: { scheduler: 11 }, minutes: 40 })).toMatchInlineSnapshot(`
		"
		The factory is up: 1 of 3 processes run.
		coder is paused since 08:06 (34m), until 09:00, by cli:ana: lunch
		The factory is stopped since 08:07 (33m), by cli:ana: it spends too much\\e[2J a…

		process         state   pid  for  heard  memory  doing
		scheduler       silent  11   40m  40m    61 MiB  starting
		session-doctor  parked  -    37m  39m    -       it crashed 5 times within 1h
		ralph-1         gone    13   38m  38m    -       was starting

		tasks    none
		changes  none
		asks     May it change the public interface?
		machine  memory 93 % of 16 GiB, load 0.4 of 2, disk 512 MiB free (35m ago)
		spent    nothing today
		alerts   36m  error  session-doctor is parked: it crashed 5 times within
		                     1h. Look at its log (pm2 logs session-doctor), then
		                     start it again: pm2 restart session-doctor
		log      9 entries, last 32m ago, 2.2 KiB, head 9f86d081884c

		What to do:
		  ralph-1 is gone; if PM2 does not bring it back: npm start
		  session-doctor is parked until you say so: npm start
		  what ralph-1 said last: npx shopfloor log --by ralph-1
		  scheduler hangs, or does something long: npx pm2 logs scheduler
		  coder is paused: npx shopfloor resume coder
		  everything is stopped: npx shopfloor resume
		  memory is tight: end what else runs on this machine, or lower sessions
		  only 512 MiB of disk are free: make room
		"
	`);
});

test("a factory that was taken down", async () => {
	const ends = names.map((name, index) =>
		draftOf("process_stopped", { pid: index + 11, reason: "signal", uptimeMs: 60_000 }, name),
	);
	expect(await shown({ drafts: [...allStarted, ...ends], minutes: 200 })).toMatchInlineSnapshot(`
		"
		The factory is not running. Its processes ended 3h15m ago.

		process         state    pid  for    heard  memory  doing
		scheduler       stopped  -    3h17m  3h20m  -       was told to end
		session-doctor  stopped  -    3h16m  3h19m  -       was told to end
		ralph-1         stopped  -    3h15m  3h18m  -       was told to end

		tasks    none
		changes  none
		machine  not looked at yet
		spent    nothing today
		alerts   none
		log      6 entries, last 3h15m ago, 1.5 KiB, head 9f86d081884c

		What to do:
		  no process runs: npm start
		"
	`);
});

test("a factory whose machine lost its power", async () => {
	expect(await shown({ drafts: allStarted, minutes: 200 })).toMatchInlineSnapshot(`
		"
		The factory is not running. Its processes were last heard 3h18m ago.

		process         state  pid  for    heard  memory  doing
		scheduler       gone   11   3h20m  3h20m  -       was starting
		session-doctor  gone   12   3h19m  3h19m  -       was starting
		ralph-1         gone   13   3h18m  3h18m  -       was starting

		tasks    none
		changes  none
		machine  not looked at yet
		spent    nothing today
		alerts   none
		log      3 entries, last 3h18m ago, 750 B, head 9f86d081884c

		What to do:
		  no process runs: npm start
		"
	`);
});

test("a faulty configuration says so, and shows whatever the log knows", async () => {
	const config = { kind: "faulty", faults: 2, expected: undefined } as const;
	expect(await shown({ config, drafts: allStarted, seats: allSeated, minutes: 3 })).toMatchInlineSnapshot(`
		"
		The factory is up: 3 processes run.

		process         state    pid  for  heard  memory  doing
		scheduler       running  11   3m   3m     -       starting
		session-doctor  running  12   2m   2m     -       starting
		ralph-1         running  13   1m   1m     -       starting

		tasks    none
		changes  none
		machine  not looked at yet
		spent    nothing today
		alerts   none
		log      3 entries, last 1m ago, 750 B, head 9f86d081884c

		What to do:
		  the configuration has 2 faults; no process starts with it:
		    npx shopfloor config check
		"
	`);
});

test("a sandbox that is switched off is told at the top, in red", async () => {
	const status = await aStatus({ config: { isSandboxOff: true } });
	const [, second] = statusLines(status, { paint: paintIf(true), timeZone: "UTC", width: 80 });
	expect(second).toBe(paintIf(true).red("Without a sandbox: whatever agents and checks run can do all that you can."));
});

test("sessions that are no longer configured are shown only while they live", async () => {
	const drafts = [...allStarted, started("ralph-2", 14), started("ralph-3", 15)];
	const end = draftOf("process_stopped", { pid: 14, reason: "signal", uptimeMs: 1 }, "ralph-2");
	const text = await shown({ drafts: [...drafts, end], seats: { ...allSeated, "ralph-3": 15 }, minutes: 6 });
	expect(text).toContain("ralph-3");
	expect(text).not.toContain("ralph-2");
});

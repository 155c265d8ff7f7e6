import type { DataOf, Draft } from "@shopfloor/core";
import { aTask, draftOf } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { landed, pushed } from "../testing/a-change.ts";
import { aCli, type Cli } from "../testing/a-cli.ts";
import { reportOf } from "./report.ts";
import { reportLines } from "./view.ts";

test("a time in which nothing happened is told in a sentence", async () => {
	expect((await aCli().run("report")).out).toMatchInlineSnapshot(`
		"# Report of 1d: 01-30 08:00 to 01-31 08:00

		Nothing was worked on in this time.
		"
	`);
});

test("cycles, changes, reasons and dollars of a span of time", async () => {
	const cli = await worked();
	expect((await cli.run("report", "--since", "12h")).out).toMatchInlineSnapshot(`
		"# Report of 12h: 01-30 20:01 to 01-31 08:01

		6 cycles; 2 changes landed for $1.50, $0.75 each. 1 of them still stands.

		## Cycles: 6

		- 3 pushed
		- 2 discarded
		  - 2 × the errors went from 12 to 15
		- 1 failed
		  - the agent died

		## Changes

		- 3 pushed
		- 2 landed, 50 % of which still stand
		- 1 landed by hand
		- 1 taken back
		- 1 rejected
		  - two things at once

		## Money

		- $1.50 in 2 calls, $0.50 of it estimated
		- $0.75 for each landed change

		## Tasks

		- 1 asked for, 1 done, 1 set aside in this time
		- now 1 open, 1 set aside (npx shopfloor task ls --status set-aside)

		## Sessions

		    session  cycles  pushed  landed  spent
		    ralph-1       3       0       0  $0.75
		    ralph-2       3       3       2  $0.75
		"
	`);
	expect(JSON.parse((await cli.run("report", "--json")).out)).toMatchObject({
		cycles: { all: 6, pushed: 3, discarded: 2, idle: 0, limited: 0, failed: 1 },
		discarded: [{ what: "the errors went from 12 to 15", count: 2 }],
		changes: { pushed: 3, landed: 2, byHand: 1, rejected: 1, reverted: 1, standing: 1 },
		spent: { usd: 1.5, estimatedUsd: 0.5, calls: 2, perLandedUsd: 0.75 },
		tasks: { asked: 1, done: 1, setAside: 1, openNow: 1, setAsideNow: 1 },
		isCut: false,
	});
});

test("what is older than asked for is left out", async () => {
	const cli = await worked();
	cli.clock.stall(2 * 3_600_000);
	await cli.floor.log.append([cycle("idle", "nothing worth doing")]);
	expect(JSON.parse((await cli.run("report", "--since", "1h", "--json")).out)).toMatchObject({ cycles: { all: 1 } });
});

test("where much went wrong for many reasons the most frequent are named", async () => {
	const cli = aCli();
	const often = Array.from({ length: 20 }, (_, index) => cycle("discarded", `reason ${"abcdefghij"[index % 10]}`));
	await cli.floor.log.append([...often, cycle("discarded", "reason a"), cycle("limited", "")]);
	const { out } = await cli.run("report");
	expect(out).toMatch(/- 21 discarded\n {2}- 3 × reason a\n/);
	expect(out).toMatch(/ {2}- 8 for other reasons; --json has all of them\n- 1 limited\n/);
});

test("of more than can be counted it says that it was not all", () => {
	const span = { since: "2026-01-30T08:00:00.000Z", at: "2026-01-31T08:00:00.000Z", entries: [], tasks: [] };
	const last = (isCut: boolean) => reportLines(reportOf({ ...span, isCut }), "UTC").at(-1);
	expect(last(true)).toBe("Only the newest entries of this time were counted; ask for less of it.");
	expect(last(false)).toBe("Nothing was worked on in this time.");
});

test("a time that makes no sense is refused", async () => {
	expect(await aCli().run("report", "--since", "whenever")).toMatchObject({
		code: 2,
		err: expect.stringMatching(/--since "whenever" is no time/),
	});
});

async function worked(): Promise<Cli> {
	const cli = aCli();
	await cli.floor.log.append([
		draftOf("task_requested", { title: "guard the average", source: "cli" }, "cli:ana"),
		cycle("discarded", "the errors went from 1 to 2"),
		cycle("discarded", "the errors went from 12 to 15"),
		cycle("failed", "the agent died"),
		...["c-1", "c-2", "c-3"].flatMap((change) => [
			cycle("pushed", "", "ralph-2"),
			pushed({ change, session: "ralph-2" }),
		]),
		paid({ usd: 1, estimated: false }),
		paid({ usd: 0.5, estimated: true }),
		landed({ change: "c-1", session: "ralph-2" }),
		landed({ change: "c-2", session: "ralph-2" }),
		landed({ change: "my-branch" }),
		draftOf("change_rejected", { change: "c-3", reasons: ["two things at once"] }),
		draftOf("change_reverted", { change: "c-2", commit: "99dd", reason: "the base became red" }),
		draftOf("task_settled", { task: "t-1", outcome: "done", reason: "landed" }),
		draftOf("task_settled", { task: "t-2", outcome: "set-aside", reason: "tried three times" }),
		draftOf("task_settled", { task: "t-3", outcome: "returned", reason: "stopped" }),
	]);
	const tasks = [aTask({ id: "t-2", status: "set-aside" }), aTask({ id: "t-3" }), aTask({ id: "t-1", status: "done" })];
	await cli.floor.records.update("task-queue", () => ({ tasks }));
	cli.clock.stall(60_000);
	return cli;
}

function cycle(outcome: DataOf<"ralph_cycle">["outcome"], reason: string, session = "ralph-1"): Draft {
	return draftOf(
		"ralph_cycle",
		{ session, cycle: 1, task: null, outcome, reason, usd: 0.25, durationMs: 1_000 },
		session,
	);
}

function paid({ usd, estimated }: { usd: number; estimated: boolean }): Draft {
	const tokens = { inputTokens: 1, cachedTokens: 0, outputTokens: 1 };
	return draftOf("agent_called", {
		role: "coder",
		agent: "claude",
		usd,
		estimated,
		...tokens,
		durationMs: 1,
		outcome: "done",
	});
}

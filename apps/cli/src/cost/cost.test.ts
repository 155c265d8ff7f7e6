import { type DataOf, type Draft, type FactoryState, unconfigured } from "@shopfloor/core";
import { currentState } from "@shopfloor/core/io";
import { draftOf, fakeClock, memoryFloor } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { aCli } from "../testing/a-cli.ts";
import { costOf } from "./cost.ts";
import { costQueryOf } from "./query.ts";

const { budget } = unconfigured();
const dayMs = 24 * 3_600_000;

test("before anything was spent it says what may be", async () => {
	const cli = aCli();
	expect((await cli.run("cost")).out).toMatchInlineSnapshot(`
		"today     $0.00 of $10.00 spent, $10.00 left; 0 calls
		caps: $2.00 a call, $3.00 a task, $10.00 a ticket; 120 calls an hour

		no agent was called in 7 days
		"
	`);
});

test("what is spent, reserved and left, by role, by day, and what was free", async () => {
	const cli = aCli();
	cli.configure({ repository: { path: cli.stateDir }, budget: { perRole: { coder: 3, planner: 1 } } });
	await happened(cli);
	expect((await cli.run("cost")).out).toMatchInlineSnapshot(`
		"today     $1.50 of $10.00 spent (33 % estimated), $2.00 reserved, $6.50 left; 5 calls
		planner   $0.00 of $1.00 spent, $1.00 left
		coder     $1.50 of $3.00 spent, $2.00 reserved, $0.00 left
		caps: $2.00 a call, $3.00 a task, $10.00 a ticket; 120 calls an hour

		reserved by  agent   role   task  up to  for  over by
		ralph-1      claude  coder  t-3   $2.00   1m  08:31

		role, in 7 days  calls  done  spent  estimated
		planner              1     1  $2.50        0 %
		coder                5     4  $1.50       33 %
		all                  6     5  $4.00       13 %

		day (UTC)   calls  spent
		2026-01-31      5  $1.50
		2026-01-28      1  $2.50

		The built-in agent saved about $1.50: 2 × $0.75 as coder. That is its calls
		that ended well, at the average price of the paid calls of the same role in
		these days.
		"
	`);
});

test("by agent, for more days", async () => {
	const cli = aCli();
	await happened(cli);
	expect((await cli.run("cost", "--by", "agent", "--days", "35")).out).toMatchInlineSnapshot(`
		"today     $1.50 of $10.00 spent (33 % estimated), $2.00 reserved, $6.50 left; 5 calls
		caps: $2.00 a call, $3.00 a task, $10.00 a ticket; 120 calls an hour

		reserved by  agent   role   task  up to  for  over by
		ralph-1      claude  coder  t-3   $2.00   1m  08:31

		agent, in 35 days  calls  done  spent  estimated
		codex                  2     2  $4.50      100 %
		claude                 2     2  $3.50        0 %
		builtin                3     2  $0.00          -
		all                    7     6  $8.00       56 %

		day (UTC)   calls  spent
		2026-01-31      5  $1.50
		2026-01-28      1  $2.50
		2026-01-11      1  $4.00

		The built-in agent saved about $1.50: 2 × $0.75 as coder. That is its calls
		that ended well, at the average price of the paid calls of the same role in
		these days.
		"
	`);
});

test("by task, whatever the day", async () => {
	const cli = aCli();
	await happened(cli);
	expect((await cli.run("cost", "--by", "task", "--days", "1")).out).toMatchInlineSnapshot(`
		"today     $1.50 of $10.00 spent (33 % estimated), $2.00 reserved, $6.50 left; 5 calls
		caps: $2.00 a call, $3.00 a task, $10.00 a ticket; 120 calls an hour

		reserved by  agent   role   task  up to  for  over by
		ralph-1      claude  coder  t-3   $2.00   1m  08:31

		task, over its whole life  calls  spent
		t-0                            1  $4.00
		t-1                            2  $3.50
		t-2                            1  $0.50

		The built-in agent saved about $1.50: 2 × $0.75 as coder. That is its calls
		that ended well, at the average price of the paid calls of the same role in
		these days.
		"
	`);
});

test("at the cap it says so, and until when", async () => {
	const cli = aCli();
	const reason = "today's budget leaves no room for another call: $9.50 of $10.00 are spent (budget.perDay).";
	await cli.floor.log.append([
		paid({ usd: 11 }),
		draftOf("paused", { scope: "budget", kind: "pause", reason, until: "2026-02-01T00:00:00.000Z" }),
	]);
	expect((await cli.run("cost")).out).toMatchInlineSnapshot(`
		"today     $11.00 of $10.00 spent, $0.00 left; 1 call
		caps: $2.00 a call, $3.00 a task, $10.00 a ticket; 120 calls an hour
		Nothing paid is called until 00:00: today's budget leaves no room for another
		call: $9.50 of $10.00 are spent (budget.perDay).

		role, in 7 days  calls  done   spent  estimated
		coder                1     1  $11.00        0 %
		"
	`);
	cli.clock.stall(dayMs);
	expect((await cli.run("cost")).out).not.toContain("Nothing paid is called");
});

test("JSON has the same in numbers", async () => {
	const cli = aCli();
	await happened(cli);
	const { today, saved, open, by } = JSON.parse((await cli.run("cost", "--json")).out);
	expect(by).toBe("role");
	expect(today).toMatchObject({
		day: "2026-01-31",
		settledUsd: 1.5,
		reservedUsd: 2,
		capUsd: 10,
		leftUsd: 6.5,
		calls: 5,
	});
	expect(saved).toEqual([{ role: "coder", calls: 2, averageUsd: 0.75, usd: 1.5 }]);
	expect(open).toMatchObject([{ call: "open", session: "ralph-1", usd: 2 }]);
});

test("a faulty configuration hides the caps and not the costs", async () => {
	const cli = aCli();
	cli.configure({ budget: { perDay: -1 } });
	await cli.floor.log.append([paid({ usd: 1.5 })]);
	const { out, code } = await cli.run("cost");
	expect(code).toBe(0);
	expect(out).toContain("today     $1.50 spent; 1 call\nThe caps are not known");
});

test("what makes no sense is refused with what was meant", async () => {
	expect(costQueryOf({ days: "0", by: "rolle" })).toMatchInlineSnapshot(`
		{
		  "faults": [
		    "--days "0" is no number of days. Give a whole number from 1 to 35.",
		    "--by "rolle" is nothing to add up by. Did you mean "role"?",
		  ],
		  "kind": "faults",
		}
	`);
	for (const days of ["36", "-1", "1.5", "week", ""]) expect(costQueryOf({ days }).kind, days).toBe("faults");
	expect(await aCli().run("cost", "--by", "moon")).toMatchObject({
		code: 2,
		err: expect.stringContaining("Known are: role"),
	});
});

test("nothing is saved where nothing was paid for the same role", async () => {
	const state = await after([paid({ agent: "builtin", usd: 0 }), paid({ role: "planner", usd: 1 })]);
	expect(costOf({ state, budget, nowMs: fakeClock().now(), days: 7, by: "role" }).saved).toEqual([]);
});

test("what is shown together is what the fold holds", async () => {
	const state = await after([paid({ usd: 1 }), paid({ usd: 2, role: "planner" }), paid({ usd: 0.5, agent: "codex" })]);
	for (const by of ["role", "agent"] as const) {
		const { rows, total, today } = costOf({ state, budget, nowMs: fakeClock().now(), days: 7, by });
		expect(rows.reduce((sum, { usd }) => sum + usd, 0)).toBe(total.usd);
		expect(total.usd).toBe(today.settledUsd);
		expect(rows.map(({ usd }) => usd)).toEqual(rows.map(({ usd }) => usd).sort((a, b) => b - a));
	}
});

async function happened({ floor, clock }: ReturnType<typeof aCli>): Promise<void> {
	const write = (...drafts: Draft[]) => floor.log.append(drafts);
	const today = clock.now();
	clock.jump(-20 * dayMs);
	await write(paid({ usd: 4, role: "reviewer", agent: "codex", estimated: true, task: "t-0" }));
	clock.jump(17 * dayMs);
	await write(paid({ usd: 2.5, role: "planner", task: "t-1" }));
	clock.jump(today - clock.now());
	const free = { agent: "builtin", usd: 0 };
	await write(
		paid({ usd: 1, task: "t-1" }),
		paid({ usd: 0.5, task: "t-2", agent: "codex", estimated: true }),
		paid(free),
		paid(free),
		paid({ ...free, outcome: "refused" }),
		draftOf("call_reserved", {
			...{ call: "open", role: "coder", agent: "claude", session: "ralph-1", task: "t-3" },
			...{ usd: 2, until: "2026-01-31T08:31:00.000Z", owner: "1-1-b-1", after: 0 },
		}),
	);
	clock.stall(60_000);
}

function paid(patch: Partial<DataOf<"agent_called">>): Draft {
	const tokens = { inputTokens: 1, cachedTokens: 0, outputTokens: 1 };
	const who = { role: "coder", agent: "claude" };
	return draftOf("agent_called", {
		...who,
		usd: 0,
		estimated: false,
		...tokens,
		durationMs: 1,
		outcome: "done",
		...patch,
	});
}

async function after(drafts: readonly Draft[]): Promise<FactoryState> {
	const floor = memoryFloor(fakeClock());
	await floor.log.append(drafts);
	return await currentState(floor);
}

import { type DataOf, type Entry, type EntryType, spentOnDay, unconfigured } from "@shopfloor/core";
import { currentState, openFloor } from "@shopfloor/core/io";
import { draftOf, fakeClock, memoryFloor, memoryFloors, tempDir } from "@shopfloor/core/testing";
import { expect, onTestFinished, test } from "vitest";
import type { Outcome, Usage } from "../port/outcome.ts";
import type { Budget, Request } from "./decide.ts";
import { openPurse, type Purse } from "./purse.ts";
import type { Reserved } from "./settlement.ts";

const budget: Budget = { ...unconfigured().budget, perDay: 2 };
const request: Request = { role: "coder", agent: "claude", session: "ralph-1", task: "t-1", usd: 1, wallMs: 60_000 };
const day = "2026-01-31";

test("a call is reserved, told a limit below that, and settled for what it cost", async () => {
	const { purse, spent, entries } = aPurse();
	const reserved = await granted(purse);
	expect(reserved.limitUsd).toBeLessThan(1);
	expect(await spent()).toEqual({ settledUsd: 0, reservedUsd: 1 });
	expect(await purse.settle(reserved, cost(0.25))).toMatchObject({ usd: 0.25 });
	expect(await spent()).toEqual({ settledUsd: 0.25, reservedUsd: 0 });
	expect(await entries("agent_called")).toMatchObject([
		{ call: reserved.call, role: "coder", agent: "claude", session: "ralph-1", task: "t-1", outcome: "done" },
	]);
	expect(await entries("alert")).toEqual([]);
});

test("where less is left than a call asks for, that is reserved, is its limit, and is what it is charged at worst", async () => {
	const { purse, spent, entries } = aPurse();
	for (const usd of [1, 0.5]) await purse.settle(await granted(purse), cost(usd));
	const reserved = await granted(purse);
	expect(reserved).toMatchObject({ limitUsd: 0.4, request: { ...request, usd: 0.5 } });
	expect(await spent()).toEqual({ settledUsd: 1.5, reservedUsd: 0.5 });
	expect(await purse.reserve(request)).toMatchObject({ kind: "wait", spentUsd: 1.5, reservedUsd: 0.5 });
	await purse.settle(reserved, { kind: "timed-out", which: "wall", detail: "", usage: null });
	expect(await spent()).toEqual({ settledUsd: 2, reservedUsd: 0 });
	expect((await entries("call_reserved")).map(({ usd }) => usd)).toEqual([1, 1, 0.5]);
});

test("settling twice is settling once", async () => {
	const { purse, spent, entries } = aPurse();
	const reserved = await granted(purse);
	await purse.settle(reserved, cost(0.25));
	expect(await purse.settle(reserved, cost(0.75))).toMatchObject({ usd: 0.25 });
	expect(await spent()).toEqual({ settledUsd: 0.25, reservedUsd: 0 });
	expect(await entries("agent_called")).toHaveLength(1);
});

test("at the day's cap everything paid is paused until midnight UTC, and it is told once", async () => {
	const { purse, entries } = aPurse();
	for (const usd of [1, 0.9]) await purse.settle(await granted(purse), cost(usd));
	expect(await purse.reserve(request)).toEqual({ kind: "over", scope: { kind: "day", day }, capUsd: 2, spentUsd: 1.9 });
	expect(await purse.reserve(request)).toMatchObject({ kind: "paused", until: "2026-02-01T00:00:00.000Z" });
	expect(await entries("budget_reached")).toEqual([{ scope: "budget", capUsd: 2, spentUsd: 1.9 }]);
	expect(await entries("paused")).toMatchObject([
		{ scope: "budget", kind: "pause", until: "2026-02-01T00:00:00.000Z" },
	]);
	expect((await entries("alert")).map(({ message }) => message)).toEqual([
		"today's budget leaves too little for another call: $1.90 of $2.00 are spent (budget.perDay). It goes on at midnight UTC; to go on now, raise the cap and type: npx shopfloor resume budget",
	]);
});

test("a person who resumes it without more money is told again that there is none; with more it goes on", async () => {
	const { purse, entries, resume, withBudget } = aPurse();
	for (const usd of [1, 1]) await purse.settle(await granted(purse), cost(usd));
	expect(await purse.reserve(request)).toMatchObject({ kind: "over" });
	const richer = withBudget({ ...budget, perDay: 5 });
	expect(await richer.reserve(request)).toMatchObject({ kind: "paused" });
	await resume();
	expect(await purse.reserve(request)).toMatchObject({ kind: "over" });
	expect(await entries("paused")).toHaveLength(1);
	expect(await richer.reserve(request)).toMatchObject({ kind: "reserved" });
});

test("money that others have reserved is waited for, and nothing is paused", async () => {
	const { purse, entries } = aPurse();
	const [first] = [await granted(purse), await granted(purse)];
	expect(await purse.reserve(request)).toMatchObject({ kind: "wait", spentUsd: 0, reservedUsd: 2 });
	expect(await entries("paused")).toEqual([]);
	await purse.settle(first, cost(0));
	await granted(purse);
});

test("midnight UTC opens a new day once, whatever the clock does around it", async () => {
	const { purse, clock, resume } = aPurse({ ...budget, perTask: 9 }, Date.UTC(2026, 0, 31, 23, 59, 59));
	for (const usd of [1, 1]) await purse.settle(await granted(purse), cost(usd));
	expect(await purse.reserve(request)).toMatchObject({ kind: "over" });
	clock.stall(1_000);
	for (const usd of [1, 1]) await purse.settle(await granted(purse), cost(usd));
	expect(await purse.reserve(request)).toMatchObject({ kind: "over", scope: { day: "2026-02-01" } });
	for (const ms of [-3_600_000, 3_600_000]) {
		clock.jump(ms);
		await resume();
		expect(await purse.reserve(request)).toMatchObject({ kind: "over" });
	}
});

test("a task that has used up its money is told of by name, and pauses nobody", async () => {
	const { purse, entries } = aPurse({ ...budget, perTask: 1 });
	await purse.settle(await granted(purse), cost(0.9));
	expect(await purse.reserve(request)).toMatchObject({ kind: "over", scope: { kind: "task", task: "t-1" } });
	expect(await entries("budget_reached")).toEqual([{ scope: "task", subject: "t-1", capUsd: 1, spentUsd: 0.9 }]);
	expect(await entries("paused")).toEqual([]);
	expect(await purse.reserve({ ...request, task: "t".repeat(120) })).toMatchObject({ kind: "reserved" });
});

test("that a task has used up its money is told once each time that it is given to somebody, and on another day", async () => {
	const { purse, entries, floor, clock } = aPurse({ ...budget, perTask: 1 });
	await purse.settle(await granted(purse), cost(0.9));
	const told = async () => {
		for (let call = 0; call < 2; call++) expect(await purse.reserve(request)).toMatchObject({ kind: "over" });
		return [(await entries("budget_reached")).length, (await entries("alert")).length];
	};
	const given = async () => {
		await floor.log.append([draftOf("task_queued", { task: "t-1", title: "x" })]);
		await floor.log.append([draftOf("task_assigned", { task: "t-1", session: "ralph-1" })]);
	};
	await given();
	expect(await told()).toEqual([1, 1]);
	await floor.log.append([draftOf("task_settled", { task: "t-1", outcome: "set-aside", reason: "no money" })]);
	await given();
	expect(await told()).toEqual([2, 2]);
	clock.stall(24 * 60 * 60_000);
	expect(await told()).toEqual([3, 3]);
});

test("a loop is paused with an alert long before the cap", async () => {
	const { purse, entries, clock } = aPurse({ ...budget, callsPerHour: 5 });
	const penny = { ...request, usd: 0.01 };
	for (let call = 0; call < 5; call++) {
		await purse.settle((await purse.reserve(penny)) as Reserved, cost(0));
		clock.stall(1_000);
	}
	expect(await purse.reserve(penny)).toEqual({ kind: "too-fast", role: "coder", calls: 5, callsMax: 5 });
	await purse.reserve(penny);
	expect(await entries("paused")).toMatchObject([{ scope: "coder", until: "2026-01-31T09:00:05.000Z" }]);
	expect(await entries("alert")).toMatchObject([{ code: "too-fast", subject: "coder" }]);
	clock.stall(66 * 60_000);
	expect(await purse.reserve(penny)).toMatchObject({ kind: "reserved" });
});

test("an agent that costs nothing reserves nothing, has no cap, and is counted", async () => {
	const { purse, entries, today } = aPurse({ ...budget, perDay: 0, perCall: 0 });
	const free = { ...request, agent: "builtin", usd: 0 };
	await purse.settle((await purse.reserve(free)) as Reserved, cost(0));
	expect(await purse.reserve(request)).toMatchObject({ kind: "over" });
	expect(await entries("call_reserved")).toEqual([]);
	expect(await entries("agent_called")).toMatchObject([{ agent: "builtin", usd: 0 }]);
	expect(await today()).toMatchObject({ calls: 1, usd: 0, byRole: { coder: { builtin: { done: 1 } } } });
});

test("a report that cannot be is charged in full, with an alert", async () => {
	const { purse, entries, spent } = aPurse();
	await purse.settle(await granted(purse), cost(Number.NaN));
	expect(await spent()).toEqual({ settledUsd: 1, reservedUsd: 0 });
	expect(await entries("alert")).toMatchObject([
		{
			code: "absurd-usage",
			subject: "claude",
			message:
				"what claude reported for a call as coder cannot be: it reported NaN dollars. $1.00 are charged in its place.",
		},
	]);
});

test("a failure is told with its code, and one that nobody knows the cost of is charged its reservation", async () => {
	const { purse, entries } = aPurse();
	await purse.settle(await granted(purse), { kind: "failed", code: "login", detail: "", usage: null });
	expect(await entries("agent_called")).toMatchObject([{ outcome: "failed", code: "login", usd: 1, estimated: true }]);
});

test("a call whose time is over is charged what it reserved, and its late end changes nothing", async () => {
	const { purse, entries, spent, clock } = aPurse();
	const reserved = await granted(purse);
	clock.stall(60_001);
	expect(await purse.settleLost()).toBe(0);
	clock.stall(60_000);
	expect(await purse.settleLost()).toBe(1);
	expect(await purse.settleLost()).toBe(0);
	await purse.settle(reserved, cost(0));
	expect(await entries("agent_called")).toMatchObject([{ outcome: "lost", usd: 1, estimated: true, task: "t-1" }]);
	expect(await spent()).toEqual({ settledUsd: 1, reservedUsd: 0 });
});

test("what can no longer come is charged before the next call is decided on, not held for ever", async () => {
	const { purse, clock } = aPurse({ ...budget, perDay: 1 });
	await granted(purse);
	expect(await purse.reserve(request)).toMatchObject({ kind: "wait", reservedUsd: 1 });
	clock.stall(120_001);
	expect(await purse.reserve(request)).toMatchObject({ kind: "over", spentUsd: 1 });
});

test("a purse whose lease was taken from it while it stood still does not spend the same money again", async () => {
	const clocks = [fakeClock(), fakeClock()];
	const [here, there] = memoryFloors(clocks);
	if (here === undefined || there === undefined) throw new Error("two floors were asked for");
	const other = openPurse({ floor: there, by: "other", budget: { ...budget, perDay: 1 }, clock: clocks[1] as never });
	let stalls = 1;
	// Between its decision and its entry the other one goes ahead, as if the lease had run out.
	const log: typeof here.log = {
		read: (from) => here.log.read(from),
		last: (count, where) => here.log.last(count, where),
		follow: (from, signal) => here.log.follow(from, signal),
		append: async (drafts) => {
			if (drafts[0]?.type === "call_reserved" && stalls-- > 0) {
				await there.records.update("leases/purse", ({ value }) => ({ ...(value as object), slots: [] }));
				expect(await other.reserve(request)).toMatchObject({ kind: "reserved" });
			}
			return await here.log.append(drafts);
		},
	};
	const mine = openPurse({
		floor: { ...here, log },
		by: "mine",
		budget: { ...budget, perDay: 1 },
		clock: clocks[0] as never,
	});
	expect(await mine.reserve(request)).toMatchObject({ kind: "wait", reservedUsd: 1 });
	expect(spentOnDay((await currentState(here)).spending, day)).toEqual({ settledUsd: 0, reservedUsd: 1 });
});

test("on the file floor as in memory", async () => {
	const clock = fakeClock();
	const floor = openFloor({ stateDir: tempDir(), clock });
	onTestFinished(() => floor.close());
	const purse = openPurse({ floor, by: "ralph-1", budget, clock });
	const all = await Promise.all(Array.from({ length: 6 }, () => purse.reserve(request)));
	expect(all.map(({ kind }) => kind).sort()).toEqual(["reserved", "reserved", "wait", "wait", "wait", "wait"]);
});

function aPurse(caps = budget, start?: number) {
	const clock = fakeClock(start);
	const floor = memoryFloor(clock);
	const withBudget = (budget: Budget) => openPurse({ floor, by: "ralph-1", budget, clock });
	const entries = async <T extends EntryType>(type: T): Promise<DataOf<T>[]> =>
		(await floor.log.last(100, { type: [type] })).map(({ data }: Entry) => data as unknown as DataOf<T>);
	return {
		clock,
		floor,
		purse: withBudget(caps),
		withBudget,
		resume: () => floor.log.append([{ type: "resumed", by: "cli:ana", data: { scope: "budget" } }]),
		entries,
		today: async () => (await currentState(floor)).spending.days[day],
		spent: async () => spentOnDay((await currentState(floor)).spending, day),
	};
}

async function granted(purse: Purse): Promise<Reserved> {
	const found = await purse.reserve(request);
	if (found.kind !== "reserved") throw new Error(`it was refused: ${JSON.stringify(found)}`);
	return found;
}

function cost(usd: number): Outcome {
	const usage: Usage = { usd, estimated: false, inputTokens: 10, cachedTokens: 0, outputTokens: 1 };
	return { kind: "done", text: "", usage };
}

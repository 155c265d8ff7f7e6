import { type DataOf, type Entry, type EntryType, unconfigured } from "@shopfloor/core";
import { fakeClock, memoryFloor } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import type { Job } from "../port/job.ts";
import { nothingUsed, type Outcome } from "../port/outcome.ts";
import { openProviders } from "../providers/providers.ts";
import { pay } from "./pay.ts";
import { openPurse } from "./purse.ts";

const usage = { usd: 0.1, estimated: false, inputTokens: 1, cachedTokens: 0, outputTokens: 1 };
const done: Outcome = { kind: "done", text: "good", usage };
const payer = { agent: "claude", model: "m", session: "ralph-1", task: "t-1", ticket: "k-1" };

test("a call is reserved, made with a limit below its reservation, settled and told", async () => {
	const { call, jobs, entries } = aTill(done);
	expect(await call()).toMatchObject({ kind: "called", outcome: done, charge: { usd: 0.1 } });
	expect(jobs.map(({ limits }) => limits)).toEqual([{ ...limits, usd: 0.8 }]);
	expect(await entries("call_reserved")).toMatchObject([{ ...payer, role: "coder", usd: 1 }]);
	expect(await entries("agent_called")).toMatchObject([{ ...payer, role: "coder", usd: 0.1 }]);
});

test("a call that gets less than it asks for is made with that, and says so in its terminal", async () => {
	const { call, jobs, shown } = aTill(done, { perTask: 0.5 });
	expect(await call()).toMatchObject({ kind: "called" });
	expect(jobs.map(({ limits }) => limits.usd)).toEqual([0.4]);
	expect(shown).toEqual(["the budget leaves $0.50 for this call"]);
});

test("a provider that is paused is not called, and nothing is reserved for it", async () => {
	const { call, jobs, entries } = aTill({ kind: "limited", detail: "", usage: nothingUsed });
	expect(await call()).toMatchObject({ kind: "called", outcome: { kind: "limited" } });
	expect(await call()).toMatchObject({ kind: "paused" });
	expect(jobs).toHaveLength(1);
	expect(await entries("call_reserved")).toHaveLength(1);
});

test("without money nothing is called, and the trial of a provider is left to the next", async () => {
	const { call, jobs, clock } = aTill({ kind: "limited", detail: "", usage: nothingUsed });
	await call();
	clock.stall(3_600_000);
	expect(await call({ ...limits, usd: 99 })).toMatchObject({ kind: "over", scope: { kind: "call" } });
	expect(await call()).toMatchObject({ kind: "called" });
	expect(jobs).toHaveLength(2);
});

test("an agent that costs nothing runs whatever the provider and the money say", async () => {
	const { call, entries, shown } = aTill({ ...done, usage: nothingUsed }, { perDay: 0 });
	expect(await call(limits, { ...payer, agent: "builtin", free: true })).toMatchObject({ kind: "called" });
	expect(await entries("agent_called")).toMatchObject([{ agent: "builtin", usd: 0, outcome: "done" }]);
	expect(await entries("call_reserved")).toEqual([]);
	expect(shown).toEqual([]);
});

test("an agent that breaks off is charged its reservation, and its fault goes on to the caller", async () => {
	const { call, entries } = aTill(new Error("the disk is full"));
	await expect(call()).rejects.toThrow("the disk is full");
	expect(await entries("agent_called")).toMatchObject([
		{ outcome: "failed", code: "crashed", usd: 1, estimated: true },
	]);
});

test("a provider that is overloaded is asked again within the one call, and then by nobody for a while", async () => {
	const { call, jobs, entries, clock } = aTill({
		kind: "failed",
		code: "overloaded",
		detail: "busy",
		usage: nothingUsed,
	});
	const calling = call({ ...limits, wallMs: 600_000 });
	await clock.advance(0);
	// The three waits at their longest, and less than the pause that follows.
	await clock.advance(61_000);
	expect(await calling).toMatchObject({ kind: "called", outcome: { code: "overloaded" } });
	expect(jobs).toHaveLength(4);
	expect(await entries("agent_called")).toHaveLength(1);
	expect(await call()).toMatchObject({ kind: "paused", reason: "claude is overloaded" });
	expect(jobs).toHaveLength(4);
});

const limits = { startMs: 1, idleMs: 1, wallMs: 1_000, usd: 1, turns: 1 };

function aTill(result: Outcome | Error, caps = {}) {
	const clock = fakeClock();
	const floor = memoryFloor(clock);
	const jobs: Job[] = [];
	const shown: string[] = [];
	const show = (line: string) => void shown.push(line);
	const till = {
		purse: openPurse({ floor, by: "ralph-1", budget: { ...unconfigured().budget, ...caps }, clock }),
		providers: openProviders({ floor, by: "ralph-1", clock }),
	};
	const agent = {
		async run(job: Job): Promise<Outcome> {
			jobs.push(job);
			clock.stall(1);
			if (result instanceof Error) throw result;
			return result;
		},
	};
	return {
		clock,
		jobs,
		shown,
		call: (bounds = limits, who: Parameters<typeof pay>[1] = payer) =>
			pay(till, who, agent, { role: "coder", prompt: "", cwd: "/", access: "write", limits: bounds, show }),
		entries: async <T extends EntryType>(type: T): Promise<DataOf<T>[]> =>
			(await floor.log.last(100, { type: [type] })).map(({ data }: Entry) => data as unknown as DataOf<T>),
	};
}

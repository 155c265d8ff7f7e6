import { fakeClock } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import type { Job } from "../port/job.ts";
import { type Ending, nothingUsed, type Outcome, type Usage } from "../port/outcome.ts";
import { retrying } from "./retrying.ts";

const overloaded: Ending = { kind: "failed", code: "overloaded", detail: "the service is overloaded" };
const network: Ending = { kind: "failed", code: "network", detail: "the connection broke" };
const done: Ending = { kind: "done", text: "good" };
const limits = { startMs: 1_000, idleMs: 1_000, wallMs: 100_000, usd: 1, turns: 9 };
const dime: Usage = { usd: 0.1, estimated: false, inputTokens: 10, cachedTokens: 5, outputTokens: 1 };

test("what passes by itself is tried again, and its cost is the sum", async () => {
	const { outcome, jobs, shown } = await run([
		{ ...overloaded, usage: dime },
		{ ...network, usage: { ...dime, estimated: true } },
		{ ...done, usage: dime },
	]);
	expect(outcome).toMatchObject({
		kind: "done",
		usage: { estimated: true, inputTokens: 30, cachedTokens: 15, outputTokens: 3 },
	});
	expect(outcome.usage?.usd).toBeCloseTo(0.3);
	expect(jobs.map(({ limits: { wallMs } }) => wallMs)).toEqual([100_000, 98_000, 90_000]);
	expect(jobs.map(({ limits: { usd } }) => usd)).toEqual([1, 0.9, expect.closeTo(0.8)]);
	expect(shown).toEqual(["the service is overloaded; trying again in 2s", "the connection broke; trying again in 8s"]);
});

test("it ends after four tries with what the last one said", async () => {
	const tries = Array.from({ length: 9 }, () => ({ ...overloaded, usage: nothingUsed }));
	const { outcome, jobs } = await run(tries);
	expect(outcome).toMatchObject({ kind: "failed", code: "overloaded" });
	expect(jobs).toHaveLength(4);
});

test.each<[string, Outcome]>([
	["done", { ...done, usage: dime }],
	["limited", { kind: "limited", detail: "", usage: dime }],
	["a lost login", { kind: "failed", code: "login", detail: "", usage: dime }],
	["a crash", { kind: "failed", code: "crashed", detail: "", usage: dime }],
	["of unknown cost", { ...overloaded, usage: null }],
	["all the money", { ...overloaded, usage: { ...dime, usd: 1 } }],
])("%s is not tried again", async (_what, outcome) => {
	const { outcome: last, jobs } = await run([outcome]);
	expect(last).toEqual(outcome);
	expect(jobs).toHaveLength(1);
});

test("there is no other try when the time would not last for one", async () => {
	const again = Array.from({ length: 9 }, () => ({ ...overloaded, usage: nothingUsed }));
	expect((await run(again, { limits: { ...limits, wallMs: 12_000 } })).jobs).toHaveLength(3);
	expect((await run(again, { limits: { ...limits, wallMs: 3_000 } })).jobs).toHaveLength(1);
});

test("an agent that costs nothing is tried again, too", async () => {
	const { jobs } = await run(
		[
			{ ...network, usage: nothingUsed },
			{ ...done, usage: nothingUsed },
		],
		{ limits: { ...limits, usd: 0 } },
	);
	expect(jobs.map(({ limits: { usd } }) => usd)).toEqual([0, 0]);
});

test("a job that is let go of ends the wait", async () => {
	const end = new AbortController();
	end.abort();
	const { outcome, jobs } = await run([{ ...overloaded, usage: nothingUsed }], { signal: end.signal });
	expect(outcome).toMatchObject({ code: "overloaded" });
	expect(jobs).toHaveLength(1);
});

async function run(outcomes: readonly Outcome[], patch: Partial<Job> = {}) {
	const clock = fakeClock();
	const jobs: Job[] = [];
	const shown: string[] = [];
	const agent = { run: async (job: Job) => outcomes[jobs.push(job) - 1] as Outcome };
	const show = (line: string) => void shown.push(line);
	const job: Job = { role: "coder", prompt: "", cwd: "/", access: "none", limits, show, ...patch };
	const running = retrying(agent, { clock, random: () => 0.5 }).run(job);
	// To where it waits, and then on.
	await clock.advance(0);
	await clock.advance(200_000);
	return { outcome: await running, jobs, shown };
}

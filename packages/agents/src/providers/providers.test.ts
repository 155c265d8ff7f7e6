/** AGT-10, AGT-11, AGT-12. */
import { type DataOf, type Entry, type EntryType, unconfigured } from "@shopfloor/core";
import { type FakeClock, fakeClock, memoryFloors } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import type { Ending, Outcome } from "../port/outcome.ts";
import { nothingUsed } from "../port/outcome.ts";
import { openPurse } from "../purse/purse.ts";
import type { Reserved } from "../purse/settlement.ts";
import { openProviders, type Providers } from "./providers.ts";

const limited: Ending = { kind: "limited", detail: "" };
const done: Ending = { kind: "done", text: "" };
const failed = (code: "login" | "overloaded" | "network" | "crashed"): Ending => ({ kind: "failed", code, detail: "" });

test("a limit pauses every session until the reset and a little more, and it is told once", async () => {
	const { sessions, clock, entries, ends } = crew(3);
	const until = "2026-01-31T09:00:00.000Z";
	const calls = await Promise.all(sessions.map(({ begin }) => begin()));
	for (const [index, session] of sessions.entries()) await session.end(calls[index], { ...limited, until });
	expect(await entries("paused")).toEqual([
		{
			scope: "claude",
			kind: "pause",
			reason: "claude takes no more for now: its limit is reached",
			// Half of the jitter's most.
			until: "2026-01-31T09:00:30.000Z",
		},
	]);
	for (const { providers } of sessions) expect(await providers.admit("claude")).toMatchObject({ kind: "paused" });
	expect(await sessions[0]?.providers.admit("codex")).toMatchObject({ kind: "go" });
	expect(await entries("alert")).toEqual([]);
	expect(ends()).toBe(3);
	clock.stall(3_630_000);
	expect(await sessions[1]?.providers.admit("claude")).toMatchObject({ kind: "go" });
});

test("after it one session tries, and when it is answered all go on", async () => {
	const { sessions, clock, entries } = crew(3);
	const [first, second, third] = sessions;
	await first.end(await first.begin(), limited);
	clock.stall(66_001);
	const trial = await second.providers.admit("claude");
	expect(trial).toMatchObject({ kind: "go" });
	for (const { providers } of [first, third])
		expect(await providers.admit("claude")).toEqual({
			kind: "paused",
			reason: "another session finds out whether claude is back",
		});
	clock.stall(1);
	await second.end(await second.begin(), done);
	if (trial.kind === "go") await trial.done();
	expect(await entries("resumed")).toEqual([{ scope: "claude", reason: "claude answers again" }]);
	const all = await Promise.all(sessions.map(({ providers }) => providers.admit("claude")));
	expect(all.map(({ kind }) => kind)).toEqual(["go", "go", "go"]);
});

test("a trial that failed pauses all for longer, up to an hour", async () => {
	const { sessions, clock, entries } = crew(2);
	const waits: number[] = [];
	for (let time = 0; time < 8; time++) {
		const session = sessions[time % 2] as (typeof sessions)[0];
		const trial = await session.providers.admit("claude");
		expect(trial.kind).toBe("go");
		await session.end(await session.begin(), time === 3 ? failed("overloaded") : limited);
		if (trial.kind === "go") await trial.done();
		const until = Date.parse((await entries("paused")).at(-1)?.until ?? "");
		waits.push((until - clock.now()) / 60_000);
		clock.stall(until - clock.now() + 1);
	}
	// A tenth more, and at most half a minute: half of the jitter's most.
	expect(waits).toEqual([1.1, 2.2, 5.5, 15.5, 30.5, 60.5, 60.5, 60.5]);
	await sessions[0].end(await sessions[0].begin(), done);
	expect(await sessions[1].providers.admit("claude")).toMatchObject({ kind: "go" });
	await sessions[0].end(await sessions[0].begin(), limited);
	expect(Date.parse((await entries("paused")).at(-1)?.until ?? "") - clock.now()).toBe(66_000);
});

test.each([["2026-01-31T07:59:59.000Z"], ["2027-01-31T08:00:00.000Z"], ["next Monday"], [undefined]])(
	"a reset at %s is no reset",
	async (until) => {
		const { sessions, entries } = crew(1);
		await sessions[0].end(await sessions[0].begin(), { ...limited, ...(until === undefined ? {} : { until }) });
		expect(await entries("paused")).toMatchObject([{ until: "2026-01-31T08:01:06.001Z" }]);
	},
);

test("a lost login stops the provider until a person resumes it, with one alert", async () => {
	const { sessions, clock, entries, resume } = crew(2);
	for (const session of sessions) await session.end(await session.begin(), failed("login"));
	expect(await entries("paused")).toMatchObject([{ scope: "claude", kind: "stop" }]);
	expect(await entries("alert")).toEqual([
		{
			code: "provider-login",
			severity: "error",
			subject: "claude",
			message: "claude is logged out, or its key was taken back. Log in again, then type: npx shopfloor resume claude",
		},
	]);
	clock.stall(30 * 24 * 3_600_000);
	expect(await sessions[1].providers.admit("claude")).toMatchObject({ kind: "stopped" });
	await resume("claude");
	expect(await sessions[1].providers.admit("claude")).toMatchObject({ kind: "go" });
	await sessions[0].end(await sessions[0].begin(), failed("login"));
	expect(await entries("alert")).toHaveLength(2);
});

test("whoever dies before it tells of a lost login leaves the others stopped all the same", async () => {
	const { sessions } = crew(2);
	await sessions[0].settle(await sessions[0].begin(), failed("login"));
	expect(await sessions[1].providers.admit("claude")).toMatchObject({ kind: "stopped" });
});

test("what happens on this machine says nothing of the provider", async () => {
	const { sessions, entries } = crew(1);
	await sessions[0].end(await sessions[0].begin(), failed("crashed"));
	expect(await sessions[0].providers.admit("claude")).toMatchObject({ kind: "go" });
	expect(await entries("paused")).toEqual([]);
});

test("a person's pause and a stop of everything hold, a pause of everything lets running work go on", async () => {
	const { sessions, pause, resume } = crew(1);
	const [{ providers }] = sessions;
	await pause("all", "pause");
	expect(await providers.admit("claude")).toMatchObject({ kind: "go" });
	await pause("claude", "pause");
	expect(await providers.admit("claude")).toMatchObject({ kind: "paused", reason: "lunch" });
	await pause("all", "stop");
	expect(await providers.admit("claude")).toMatchObject({ kind: "stopped" });
	await resume("all");
	await resume("claude");
	expect(await providers.admit("claude")).toMatchObject({ kind: "go" });
});

test("a call that is answered does not lift what a person has paused", async () => {
	const { sessions, pause, entries } = crew(1);
	const [{ begin, end, providers }] = sessions;
	const call = await begin();
	await pause("claude", "pause", "2026-01-31T09:00:00.000Z");
	await end(call, done);
	expect(await entries("resumed")).toEqual([]);
	expect(await providers.admit("claude")).toMatchObject({ kind: "paused", until: "2026-01-31T09:00:00.000Z" });
});

interface Session {
	readonly providers: Providers;
	begin(): Promise<Reserved>;
	settle(call: Reserved | undefined, ending: Ending): Promise<void>;
	/** Settles, and tells. */
	end(call: Reserved | undefined, ending: Ending): Promise<void>;
}

function crew(size: number) {
	const clock = fakeClock();
	const floors = memoryFloors(Array.from({ length: size }, () => clock));
	const [floor] = floors;
	if (floor === undefined) throw new Error("a crew has at least one session");
	const sessions = floors.map((own, index) => aSession(own, clock, `ralph-${index + 1}`));
	let endings = 0;
	return {
		clock,
		ends: () => endings,
		sessions: sessions.map((session) => ({
			...session,
			end: (...args: Parameters<Session["end"]>) => session.end(...args).finally(() => endings++),
		})) as unknown as readonly [Session, Session, Session],
		entries: async <T extends EntryType>(type: T): Promise<DataOf<T>[]> =>
			(await floor.log.last(100, { type: [type] })).map(({ data }: Entry) => data as unknown as DataOf<T>),
		pause: (scope: string, kind: "pause" | "stop", until?: string) => {
			const data = { scope, kind, reason: "lunch", ...(until === undefined ? {} : { until }) };
			return floor.log.append([{ type: "paused", by: "cli:ana", data }]);
		},
		resume: (scope: string) => floor.log.append([{ type: "resumed", by: "cli:ana", data: { scope } }]),
	};
}

function aSession(floor: ReturnType<typeof memoryFloors>[number], clock: FakeClock, by: string): Session {
	const providers = openProviders({ floor, by, clock, random: () => 0.5 });
	const purse = openPurse({ floor, by, budget: { ...unconfigured().budget, perDay: 1_000 }, clock });
	const outcome = (ending: Ending): Outcome => ({ ...ending, usage: nothingUsed });
	return {
		providers,
		async begin() {
			const got = await purse.reserve({ role: "coder", agent: "claude", usd: 1, wallMs: 60_000 });
			if (got.kind !== "reserved") throw new Error(`it was refused: ${JSON.stringify(got)}`);
			clock.stall(1);
			return got;
		},
		settle: async (call, ending) => void (await purse.settle(call as Reserved, outcome(ending))),
		async end(call, ending) {
			await purse.settle(call as Reserved, outcome(ending));
			await providers.tell("claude", outcome(ending));
		},
	};
}

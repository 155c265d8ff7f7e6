import { type DataOf, type Entry, emptyState, type FactoryState, fold, unconfigured } from "@shopfloor/core";
import { expect, test } from "vitest";
import { type Budget, decideReservation, type Request } from "./decide.ts";

const now = "2026-01-31T12:00:00.000Z";
const budget: Budget = { ...unconfigured().budget, perDay: 10, perCall: 2, perTask: 3, perTicket: 5, perRole: {} };
const request: Request = { role: "coder", agent: "claude", task: "t-1", ticket: "k-1", usd: 1, wallMs: 1_000 };

test("what is there may be reserved, to the last cent", () => {
	expect(decide(spent(2))).toEqual({ kind: "fits", usd: 1 });
	// To a computer this is a little more than thirty cents.
	const tenths = [...spent(0.1), ...spent(0.1)];
	expect(decide(tenths, { ...budget, perTask: 0.3 }, { ...request, usd: 0.1 })).toEqual({ kind: "fits", usd: 0.1 });
});

test("a task that has cost more than a dollar goes on with what the defaults leave it", () => {
	const { budget: defaults } = unconfigured();
	expect(decide(spent(1.05), defaults, { ...request, usd: defaults.perCall })).toEqual({ kind: "fits", usd: 1.95 });
});

test.each([
	["a quarter of what is asked for", 1, 0.25],
	["five cents", 0.1, 0.05],
	["all of it, where that is less", 0.02, 0.02],
])("of what is left the least is %s", (_what, usd, leftUsd) => {
	const asked = { ...request, usd };
	expect(decide([], { ...budget, perTask: leftUsd }, asked)).toEqual({ kind: "fits", usd: leftUsd });
	expect(decide([], { ...budget, perTask: leftUsd - 0.01 }, asked)).toMatchObject({ kind: "over" });
});

test("where several caps leave too little, the smallest counts", () => {
	const caps = { ...budget, perDay: 2.4, perTask: 2.1, perTicket: 2.3 };
	expect(decide(spent(1.5), caps)).toMatchObject({ kind: "fits", usd: expect.closeTo(0.6) });
	expect(decide(spent(1.5), { ...caps, perTicket: 1.7 })).toMatchObject({ kind: "over", scope: { kind: "ticket" } });
});

test.each([
	["call", { perCall: 0.5 }, { kind: "call" }, 0.5, 0],
	["day", { perDay: 1.7 }, { kind: "day", day: "2026-01-31" }, 1.7, 1.5],
	["role", { perRole: { coder: 1.7 } }, { kind: "role", role: "coder", day: "2026-01-31" }, 1.7, 1.5],
	["task", { perTask: 1.7 }, { kind: "task", task: "t-1" }, 1.7, 1.5],
	["ticket", { perTicket: 1.7 }, { kind: "ticket", ticket: "k-1" }, 1.7, 1.5],
])("the cap of a %s holds", (_what, caps, scope, capUsd, spentUsd) => {
	expect(decide(spent(1.5), { ...budget, ...caps })).toEqual({ kind: "over", scope, capUsd, spentUsd });
});

test("other roles, tasks, tickets and days have money of their own", () => {
	const caps = { ...budget, perRole: { coder: 1.7 }, perTask: 1.7, perTicket: 1.7 };
	const other: Request = { ...request, role: "planner", task: "t-2", ticket: "k-2" };
	expect(decide(spent(1.5), caps, other)).toEqual({ kind: "fits", usd: 1 });
	const tomorrow = { ...budget, perDay: 1.7 };
	expect(decide(spent(1.5), tomorrow, request, "2026-02-01T00:00:00.000Z")).toEqual({ kind: "fits", usd: 1 });
	expect(decide(spent(1.5), tomorrow, request, "2026-01-31T23:59:59.999Z")).toMatchObject({ kind: "over" });
});

test("a change is reviewed whatever its task has cost", () => {
	const asked = { ...request, role: "reviewer" } as const;
	expect(decide(spent(3.5), budget, asked)).toEqual({ kind: "fits", usd: 1 });
	expect(decide(spent(3.5), { ...budget, perDay: 3.5 }, asked)).toMatchObject({ kind: "over", scope: { kind: "day" } });
	expect(decide(spent(3.5), { ...budget, perTicket: 3.5 }, asked)).toMatchObject({ scope: { kind: "ticket" } });
});

test("money that is only reserved is to be waited for", () => {
	expect(decide(reserved("a", 1.5), { ...budget, perDay: 2 })).toEqual({
		kind: "wait",
		scope: { kind: "day", day: "2026-01-31" },
		capUsd: 2,
		spentUsd: 0,
		reservedUsd: 1.5,
	});
	// What is left would do, were it not reserved.
	const last = [...spent(2.5), ...reserved("a", 0.25)];
	expect(decide(last)).toMatchObject({ kind: "wait", scope: { kind: "task" }, spentUsd: 2.5, reservedUsd: 0.25 });
	expect(decide([...last, ...settled("a", 0.1)])).toMatchObject({ kind: "fits", usd: expect.closeTo(0.4) });
	const both = [...reserved("a", 1.5), ...spent(1.9)];
	expect(decide(both, { ...budget, perDay: 3.9, perTask: 2 })).toMatchObject({ kind: "over", scope: { kind: "task" } });
});

test("a cap of nothing allows nothing", () => {
	expect(decide([], { ...budget, perDay: 0 })).toMatchObject({ kind: "over", capUsd: 0, spentUsd: 0 });
});

test("too many calls within an hour are a loop, whatever they cost", () => {
	const calls = Array.from({ length: 20 }, (_, index) => [...reserved(`c${index}`, 0.01), ...settled(`c${index}`, 0)]);
	const few = { ...budget, callsPerHour: 20 };
	expect(decide(calls.flat(), few)).toEqual({ kind: "too-fast", role: "coder", calls: 20, callsMax: 20 });
	expect(decide(calls.slice(1).flat(), few)).toMatchObject({ kind: "fits" });
	expect(decide(calls.flat(), few, { ...request, role: "planner" })).toMatchObject({ kind: "fits" });
	expect(decide(calls.flat(), few, request, "2026-01-31T13:10:00.000Z")).toMatchObject({ kind: "fits" });
});

type Step = Pick<Entry, "type" | "data">;

function spent(usd: number): Step[] {
	const { call: _none, ...data } = settlementOf("x", usd);
	return [{ type: "agent_called", data }];
}

function reserved(call: string, usd: number): Step[] {
	const data = { call, role: "coder", agent: "claude", task: "t-1", ticket: "k-1", usd };
	return [{ type: "call_reserved", data: { ...data, until: now, owner: "1-1-b-1", after: -1 } }];
}

function settled(call: string, usd: number): Step[] {
	return [{ type: "agent_called", data: settlementOf(call, usd) }];
}

function settlementOf(call: string, usd: number): DataOf<"agent_called"> {
	const tokens = { inputTokens: 1, cachedTokens: 0, outputTokens: 1 };
	const who = { call, role: "coder", agent: "claude", task: "t-1", ticket: "k-1" };
	return { ...who, usd, estimated: false, ...tokens, durationMs: 1, outcome: "done" };
}

function decide(steps: readonly Step[], caps = budget, asked = request, at = now) {
	const state = steps.reduce<FactoryState>((before, { type, data }, index) => {
		const known = type === "call_reserved" ? { ...data, after: before.spending.reservation } : data;
		return fold(before, { type, data: known, seq: index + 1, ts: now, by: "ralph-1", prev: "" } as Entry);
	}, emptyState);
	return decideReservation(state, caps, asked, at);
}

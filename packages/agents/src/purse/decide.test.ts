import { type DataOf, type Entry, emptyState, type FactoryState, fold, unconfigured } from "@shopfloor/core";
import { expect, test } from "vitest";
import { type Budget, decideReservation, type Request } from "./decide.ts";

const now = "2026-01-31T12:00:00.000Z";
const budget: Budget = { ...unconfigured().budget, perDay: 10, perCall: 2, perTask: 3, perTicket: 5, perRole: {} };
const request: Request = { role: "coder", agent: "claude", task: "t-1", ticket: "k-1", usd: 1, wallMs: 1_000 };

test("what is there may be reserved, to the last cent", () => {
	expect(decide(spent(2))).toEqual({ kind: "fits" });
	expect(decide(spent(2.01))).toMatchObject({ kind: "over" });
	// To a computer this is a little more than thirty cents.
	const tenths = [...spent(0.1), ...spent(0.1)];
	expect(decide(tenths, { ...budget, perTask: 0.3 }, { ...request, usd: 0.1 })).toEqual({ kind: "fits" });
});

test.each([
	["call", { perCall: 0.5 }, { kind: "call" }, 0.5, 0],
	["day", { perDay: 2 }, { kind: "day", day: "2026-01-31" }, 2, 1.5],
	["role", { perRole: { coder: 2 } }, { kind: "role", role: "coder", day: "2026-01-31" }, 2, 1.5],
	["task", { perTask: 2 }, { kind: "task", task: "t-1" }, 2, 1.5],
	["ticket", { perTicket: 2 }, { kind: "ticket", ticket: "k-1" }, 2, 1.5],
])("the cap of a %s holds", (_what, caps, scope, capUsd, spentUsd) => {
	expect(decide(spent(1.5), { ...budget, ...caps })).toEqual({ kind: "over", scope, capUsd, spentUsd });
});

test("other roles, tasks, tickets and days have money of their own", () => {
	const caps = { ...budget, perRole: { coder: 2 }, perTask: 2, perTicket: 2 };
	const other: Request = { ...request, role: "planner", task: "t-2", ticket: "k-2" };
	expect(decide(spent(1.5), caps, other)).toEqual({ kind: "fits" });
	const tomorrow = { ...budget, perDay: 2 };
	expect(decide(spent(1.5), tomorrow, request, "2026-02-01T00:00:00.000Z")).toEqual({ kind: "fits" });
	expect(decide(spent(1.5), tomorrow, request, "2026-01-31T23:59:59.999Z")).toMatchObject({ kind: "over" });
});

test("money that is only reserved is to be waited for", () => {
	expect(decide(reserved("a", 1.5), { ...budget, perDay: 2 })).toEqual({
		kind: "wait",
		scope: { kind: "day", day: "2026-01-31" },
		capUsd: 2,
		spentUsd: 0,
		reservedUsd: 1.5,
	});
	const both = [...reserved("a", 1.5), ...spent(1.5)];
	expect(decide(both, { ...budget, perDay: 3.5, perTask: 2 })).toMatchObject({ kind: "over", scope: { kind: "task" } });
});

test("a cap of nothing allows nothing", () => {
	expect(decide([], { ...budget, perDay: 0 })).toMatchObject({ kind: "over", capUsd: 0, spentUsd: 0 });
});

test("too many calls within an hour are a loop, whatever they cost", () => {
	const calls = Array.from({ length: 20 }, (_, index) => [...reserved(`c${index}`, 0.01), ...settled(`c${index}`, 0)]);
	const few = { ...budget, callsPerHour: 20 };
	expect(decide(calls.flat(), few)).toEqual({ kind: "too-fast", role: "coder", calls: 20, callsMax: 20 });
	expect(decide(calls.slice(1).flat(), few)).toEqual({ kind: "fits" });
	expect(decide(calls.flat(), few, { ...request, role: "planner" })).toEqual({ kind: "fits" });
	expect(decide(calls.flat(), few, request, "2026-01-31T13:10:00.000Z")).toEqual({ kind: "fits" });
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

import fc from "fast-check";
import { expect, test } from "vitest";
import type { DataOf, Entry, EntryType } from "../entry.ts";
import { foldSpending, noSpending, openMax, type Spending } from "./spending.ts";
import { callsLastHour, spentOnDay, spentOnTask, spentOnTicket } from "./spent.ts";

const today = "2026-01-31";

test("a reservation counts as spent until it is settled, and then what it cost does", () => {
	const open = folded(reserve("a", 2));
	expect(spentOnDay(open, today)).toEqual({ settledUsd: 0, reservedUsd: 2 });
	expect(spentOnDay(open, today, "coder")).toEqual({ settledUsd: 0, reservedUsd: 2 });
	expect(spentOnDay(open, today, "planner")).toEqual({ settledUsd: 0, reservedUsd: 0 });
	expect(spentOnTask(open, "t-1")).toEqual({ settledUsd: 0, reservedUsd: 2 });
	expect(spentOnTicket(open, "k-1")).toEqual({ settledUsd: 0, reservedUsd: 2 });
	const settled = folded(reserve("a", 2), settle("a", 0.5));
	expect(spentOnDay(settled, today)).toEqual({ settledUsd: 0.5, reservedUsd: 0 });
	expect(spentOnDay(settled, today, "coder")).toEqual({ settledUsd: 0.5, reservedUsd: 0 });
	expect(spentOnDay(settled, today, "planner")).toEqual({ settledUsd: 0, reservedUsd: 0 });
	expect(spentOnTask(settled, "t-1")).toEqual({ settledUsd: 0.5, reservedUsd: 0 });
	expect(spentOnTicket(settled, "k-1")).toEqual({ settledUsd: 0.5, reservedUsd: 0 });
	expect(settled.days[today]).toMatchObject({
		calls: 1,
		done: 1,
		estimatedUsd: 0,
		byRole: { coder: { claude: { calls: 1, usd: 0.5 } } },
	});
});

test("to settle twice is to settle once, and a call that was never reserved settles nothing", () => {
	const once = folded(reserve("a", 2), settle("a", 0.5));
	expect(folded(reserve("a", 2), settle("a", 0.5), settle("a", 9), settle("b", 9))).toEqual(once);
});

test("a call belongs to the day of its reservation, however late it ends", () => {
	const spending = folded(
		{ ...reserve("a", 2), ts: "2026-01-31T23:59:59.999Z" },
		{ ...settle("a", 0.5), ts: "2026-02-01T00:10:00.000Z" },
	);
	expect(spentOnDay(spending, today).settledUsd).toBe(0.5);
	expect(spentOnDay(spending, "2026-02-01")).toEqual({ settledUsd: 0, reservedUsd: 0 });
});

test("a reservation that was overtaken on its way is void, and so is its settlement", () => {
	const [first, second] = [reserve("a", 2), reserve("b", 3)];
	const overtaken = { ...second, data: { ...second.data, after: 0 } } as Step;
	expect(folded(first, overtaken, settle("b", 1))).toEqual(folded(first));
});

test("what costs nothing needs no reservation and is counted", () => {
	const { call: _none, ...free } = settle("x", 0).data as DataOf<"agent_called">;
	const spending = folded({ type: "agent_called", data: { ...free, agent: "builtin" } });
	expect(spending.days[today]).toMatchObject({ usd: 0, calls: 1, byRole: { coder: { builtin: { done: 1 } } } });
});

test("more open calls than can be remembered are charged in full, and not forgotten", () => {
	const steps = Array.from({ length: openMax + 3 }, (_, index) => reserve(`c${index}`, 1));
	const spending = folded(...steps);
	expect(Object.keys(spending.open)).toHaveLength(openMax);
	expect(spentOnDay(spending, today)).toEqual({ settledUsd: 3, reservedUsd: openMax });
	expect(folded(...steps, settle("c0", 0))).toEqual(spending);
});

test("days and tasks that lie far back are forgotten, the newest are kept", () => {
	const start = Date.UTC(2026, 0, 1);
	const named = (index: number) => (index % 2 === 0 ? String(index) : `t-${index}`);
	const steps = Array.from({ length: 600 }, (_, index): Step[] => {
		const ts = new Date(start + Math.floor(index / 10) * 86_400_000).toISOString();
		const { data, ...step } = reserve(`c${index}`, 1);
		// In an object, names that look like numbers come first, whatever their age.
		return [
			{ ...step, ts, data: { ...data, task: named(index) } as never },
			{ ...settle(`c${index}`, 1), ts },
		];
	});
	const spending = folded(...steps.flat());
	expect(Object.keys(spending.days)).toHaveLength(35);
	const newest = Array.from({ length: 500 }, (_, index) => named(index + 100));
	expect(Object.keys(spending.tasks).sort()).toEqual(newest.sort());
	expect(Object.keys(spending.pace["coder"] ?? {})).toHaveLength(1);
});

test("a role's calls of the last hour are counted, and those before are not", () => {
	const at = (minute: number) => new Date(Date.UTC(2026, 0, 31, 8, minute)).toISOString();
	const spending = folded(...[0, 10, 20, 59].map((minute) => ({ ...reserve(`c${minute}`, 1), ts: at(minute) })), {
		...reserve("other", 1, "planner"),
		ts: at(59),
	});
	expect(callsLastHour(spending, "coder", at(59))).toBe(4);
	expect(callsLastHour(spending, "planner", at(59))).toBe(1);
	expect(callsLastHour(spending, "coder", at(75))).toBe(2);
	expect(callsLastHour(spending, "coder", at(200))).toBe(0);
	expect(callsLastHour(spending, "constructor", at(59))).toBe(0);
});

test("whatever is reserved, settled and repeated: what is spent is the first settlement of each valid call", () => {
	const id = fc.constantFrom("a", "b", "c", "1", "2", "constructor", "__proto__");
	const step = fc.oneof(
		fc.record({ kind: fc.constant("reserve" as const), call: id, usd: fc.nat(5) }),
		fc.record({ kind: fc.constant("settle" as const), call: id, usd: fc.nat(5) }),
	);
	fc.assert(
		fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
			const open = new Map<string, number>();
			let spent = 0;
			for (const { kind, call, usd } of steps) {
				if (kind === "reserve" && !open.has(call)) open.set(call, usd);
				if (kind === "settle" && open.delete(call)) spent += usd;
			}
			const spending = folded(
				...steps.map(({ kind, call, usd }) => (kind === "reserve" ? reserve : settle)(call, usd)),
			);
			const reserved = [...open.values()].reduce((sum, usd) => sum + usd, 0);
			expect(spentOnDay(spending, today)).toEqual({ settledUsd: spent, reservedUsd: reserved });
			expect(JSON.parse(JSON.stringify(spending))).toEqual(spending);
		}),
	);
});

interface Step {
	readonly type: EntryType;
	readonly ts?: string;
	readonly data: object;
}

function reserve(call: string, usd: number, role = "coder"): Step {
	const data = { call, role, agent: "claude", session: "ralph-1", task: "t-1", ticket: "k-1", usd };
	return { type: "call_reserved", data: { ...data, until: `${today}T09:00:00.000Z`, owner: "1-1-b-1" } };
}

function settle(call: string, usd: number): Step {
	const tokens = { inputTokens: 1, cachedTokens: 0, outputTokens: 1 };
	const data = { call, role: "coder", agent: "claude", usd, estimated: false, ...tokens, durationMs: 1 };
	return { type: "agent_called", data: { ...data, outcome: "done" } };
}

/** Each reservation knows the one before, unless the step says otherwise. */
function folded(...steps: readonly Step[]): Spending {
	return steps.reduce((spending, step, index) => {
		const data = step.type === "call_reserved" ? { after: spending.reservation, ...step.data } : step.data;
		const entry = { ts: `${today}T08:00:00.000Z`, ...step, data, seq: index + 1, by: "ralph-1", prev: "" } as Entry;
		return foldSpending(spending, entry);
	}, noSpending);
}

import { expect, test } from "vitest";
import { afterTrouble, type Outage } from "./outage.ts";
import { troubleOf } from "./trouble.ts";

const fault = (code: number | undefined, description = "…", retryAfterS?: number) => ({
	code,
	description,
	retryAfterS,
});

test.each([
	[fault(429, "Too Many Requests", 7), { kind: "wait", ms: 7_000 }],
	[fault(429, "Too Many Requests", 100_000), { kind: "wait", ms: 600_000 }],
	[fault(409, "Conflict"), { kind: "conflict" }],
	[fault(401, "Unauthorized"), { kind: "unauthorised" }],
	[fault(404, "Not Found"), { kind: "unauthorised" }],
	[fault(403, "bot was blocked by the user"), { kind: "refused" }],
	[fault(400, "message to edit not found"), { kind: "refused" }],
	[fault(502, "Bad Gateway"), { kind: "unreachable" }],
	[fault(undefined, "socket hang up"), { kind: "unreachable" }],
])("%j means %j", (given, expected) => {
	expect(troubleOf(given)).toMatchObject(expected);
});

const conflict = { kind: "conflict", why: "Conflict: terminated by other getUpdates request" } as const;
const unreachable = { kind: "unreachable", why: "socket hang up" } as const;

/** The same trouble again and again, each time after the wait that it came to. */
function lasting(trouble: Parameters<typeof afterTrouble>[1], forMs: number) {
	let outage: Outage | undefined;
	const told: string[] = [];
	const waits: number[] = [];
	for (let now = 0; now <= forMs; ) {
		const next = afterTrouble(outage, trouble, now);
		outage = next.outage;
		if (next.tell !== undefined) told.push(`${next.tell.kind} after ${now / 1_000} s`);
		waits.push(next.waitMs);
		now += next.waitMs;
	}
	return { told, waits, outage };
}

test("TGM-04: a conflict at a restart is waited out; one that lasts is told once, and tried on", () => {
	expect(lasting(conflict, 60_000).told).toEqual([]);
	const { told, waits } = lasting(conflict, 3_600_000);
	expect(told).toEqual(["conflict after 90 s"]);
	expect([waits[0], waits.at(-1)]).toEqual([5_000, 60_000]);
});

test("what is down is tried less and less often, and told after ten minutes", () => {
	const { told, waits } = lasting(unreachable, 3_600_000);
	expect(told).toEqual(["unreachable after 603 s"]);
	expect(waits.slice(0, 8)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
});

test("a wrong token is told at once", () => {
	expect(lasting({ kind: "unauthorised", why: "Unauthorized" }, 0).told).toEqual(["unauthorised after 0 s"]);
});

test("TGM-05: a limit is waited for as long as it says, and is no outage", () => {
	expect(afterTrouble(undefined, { kind: "wait", ms: 7_000 }, 0)).toEqual({
		outage: undefined,
		waitMs: 7_000,
		tell: undefined,
	});
	const { outage } = lasting(unreachable, 10_000);
	expect(afterTrouble(outage, { kind: "wait", ms: 7_000 }, 20_000).outage).toEqual(outage);
});

import { expect, test } from "vitest";
import type { LogOptions } from "./options.ts";
import { queryOf } from "./query.ts";

const nowMs = new Date(2026, 0, 31, 8, 0).getTime();

function asked(options: LogOptions) {
	return queryOf(options, nowMs);
}

function since(text: string): number | undefined {
	const query = asked({ since: text });
	return query.kind === "query" ? Date.parse(query.where.since ?? "") : undefined;
}

test("nothing asked for is the newest 50", () => {
	expect(asked({})).toEqual({ kind: "query", where: {}, count: 50, countGiven: false });
});

test("a time without a number is the newest 1000 since then", () => {
	expect(asked({ since: "2h" })).toMatchObject({ count: 1_000, countGiven: false });
	expect(asked({ since: "2h", count: "7" })).toMatchObject({ count: 7, countGiven: true });
});

test.each([
	["90s", nowMs - 90_000],
	["1h30m", nowMs - 5_400_000],
	["07:45", nowMs - 15 * 60_000],
	["7:45", nowMs - 15 * 60_000],
	["08:01", new Date(2026, 0, 30, 8, 1).getTime()],
	["2026-01-30", new Date(2026, 0, 30).getTime()],
	["2026-01-30T23:00", new Date(2026, 0, 30, 23).getTime()],
	["2026-01-30 23:00:05", new Date(2026, 0, 30, 23, 0, 5).getTime()],
	["2026-01-30T23:00:00Z", Date.UTC(2026, 0, 30, 23)],
	["2026-01-30T23:00:00.500+02:00", Date.UTC(2026, 0, 30, 21, 0, 0, 500)],
])("since %s", (text, ms) => {
	expect(since(text)).toBe(ms);
});

test.each(["yesterday", "2", "25:00", "2026-13-01", "2026-01-30T99:00", ""])("since %j is refused", (text) => {
	expect(asked({ since: text })).toMatchObject({ kind: "faults" });
});

test("everything wrong is said at once, with what was probably meant", () => {
	expect(asked({ type: ["alrt", "health", "zzz"], since: "2036-01-01", count: "-3" })).toMatchInlineSnapshot(`
		{
		  "faults": [
		    ""alrt" is not a type of entry. Did you mean "alert"?",
		    ""zzz" is not a type of entry. Known are: process_started, process_stopped, process_parked, heartbeat, health, alert, paused, resumed, trigger, trigger_done, task_requested, task_order, task_queued, task_assigned, task_settled, cycle_step, ralph_cycle, change_pushed, cto_review, change_landed, change_rejected, change_reverted, approval_asked, approval_given, approval_expired, call_reserved, agent_called, budget_reached, ticket_opened, ticket_progressed, ticket_settled, team_standup, doctor_analysis, skill_proposed, skill_adopted, skill_retired, bot_message, self_improved, checkpoint.",
		    "--since "2036-01-01" lies in the future.",
		    "-n "-3" is no number of entries. Give a whole number, 0 or more.",
		  ],
		  "kind": "faults",
		}
	`);
});

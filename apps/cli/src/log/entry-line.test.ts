import { type DataOf, type Entry, type EntryType, entryTypes } from "@shopfloor/core";
import { expect, test } from "vitest";
import { paintIf } from "../paint.ts";
import { timesFor } from "../times.ts";
import { entryLine } from "./entry-line.ts";
import { sentenceOf } from "./sentence.ts";

const commit = "0123456789abcdef0123456789abcdef01234567";
const { moment } = timesFor(0, "UTC");

function anEntry<T extends EntryType>(type: T, data: DataOf<T>, by = "ralph-1"): Entry {
	return { seq: 12, ts: "2026-01-31T08:00:00.000Z", type, by, data, prev: "" } as unknown as Entry;
}

const examples: { [T in EntryType]: DataOf<T> } = {
	process_started: { pid: 12, node: "v20.19.0", after: "crash", previousPid: 11, crashes: 2 },
	process_stopped: { pid: 12, reason: "signal", uptimeMs: 7_500_000 },
	process_parked: { pid: 12, crashes: 5, windowMs: 1, reason: "it crashed 5 times within 1h" },
	heartbeat: { pid: 12, doing: "waiting", handled: 3 },
	health: {
		memory: { usedBytes: 1, limitBytes: 2 ** 34, usedShare: 0.41, boundBy: "machine" },
		pressure: null,
		load: { one: 0.42, five: 0.4, cores: 2 },
		disk: { freeBytes: 2 ** 36, totalBytes: 2 ** 38 },
		processes: [],
	},
	alert: { code: "disk-low", severity: "warning", message: "only 900 MiB are free" },
	paused: { scope: "all", kind: "pause", reason: "lunch", until: "2026-01-31T09:00:00.000Z" },
	resumed: { scope: "all", reason: "its time is over" },
	trigger: { what: "cycle", source: "telegram", subject: "ralph-1", note: "before the demo" },
	trigger_done: { trigger: 9, outcome: "refused", detail: "nothing happened since the last one" },
	task_requested: { title: "repair the parser", source: "cli" },
	task_order: { task: "t-1", order: "retry", reason: "the base is green again" },
	task_queued: { task: "t-1", title: "repair the parser", request: 7 },
	task_assigned: { task: "t-1", session: "ralph-1" },
	task_settled: { task: "t-1", outcome: "done", reason: "landed" },
	cycle_step: {
		session: "ralph-1",
		cycle: 3,
		step: "hack",
		began: "2026-01-31T08:00:00.000Z",
		task: null,
		title: "guard the average",
	},
	ralph_cycle: {
		session: "ralph-1",
		cycle: 3,
		task: "t-1",
		outcome: "pushed",
		reason: "one error less",
		before: { errors: 5, failingTests: 0 },
		after: { errors: 4, failingTests: 0 },
		usd: 0.125,
		durationMs: 125_000,
	},
	change_pushed: { change: "c-1", task: "t-1", session: "ralph-1", branch: "brl/ralph-1/1", commit, base: commit },
	cto_review: { change: "c-1", commit, decision: "approved", criteria: [], reason: "focused and tested" },
	change_landed: { change: "c-1", commit, tree: commit, receipt: "r", task: "t-1" },
	change_rejected: { change: "c-1", reasons: ["a test was deleted", "two things at once"] },
	change_reverted: { change: "c-1", commit, reason: "the base became red" },
	approval_asked: {
		approval: "a-1",
		change: "c-1",
		commit,
		question: "May it land?",
		expires: "2026-01-31T09:00:00.000Z",
	},
	approval_given: { approval: "a-1", commit, answer: "approve", note: "looks right" },
	approval_expired: { approval: "a-1" },
	call_reserved: {
		call: "7c1d",
		role: "coder",
		agent: "claude",
		model: "sonnet",
		task: "t-1",
		usd: 2,
		until: "2026-01-31T08:31:00.000Z",
		owner: "12-1-b-1-1",
		after: 0,
	},
	agent_called: {
		role: "coder",
		agent: "claude",
		model: "sonnet",
		usd: 1.2,
		estimated: true,
		inputTokens: 1,
		cachedTokens: 0,
		outputTokens: 1,
		durationMs: 61_000,
		outcome: "timed-out",
	},
	budget_reached: { scope: "task", subject: "t-1", capUsd: 5, spentUsd: 5.02 },
	ticket_opened: { ticket: "k-1", text: "the export is slow" },
	ticket_progressed: { ticket: "k-1", step: "testing", note: "the tester found a case" },
	ticket_settled: { ticket: "k-1", outcome: "done", reason: "merged" },
	team_standup: {
		transcript: "x.md",
		summary: "parser first",
		present: ["ralph-1", "ralph-2"],
		absent: ["ralph-3"],
		struckClaims: 0,
		usd: 0.3,
	},
	doctor_analysis: { session: "ralph-1", class: "stuck", features: {}, issues: ["the same test fails each time"] },
	skill_proposed: { skill: "mock-clock", hash: "h", reason: "seen three times", from: [1] },
	skill_adopted: { skill: "mock-clock", hash: "h", reason: "on probation" },
	skill_retired: { skill: "mock-clock", hash: "h", reason: "nothing landed with it" },
	bot_message: {
		direction: "in",
		chat: "telegram:4711",
		text: "how is it going",
		handled: false,
		form: "free",
		skill: "status",
		action: "status",
		update: 815,
		corrects: 140,
	},
	self_improved: { what: "bot", summary: "knows greetings", handledBefore: 0.5, handledAfter: 0.6 },
	checkpoint: { through: 1_200, entries: 1_200, sealed: "000000000001.jsonl", state: {} },
};

test("every type of entry is told in words", () => {
	const told = entryTypes.map((type) => `${type}: ${sentenceOf(anEntry(type, examples[type] as never))}`);
	expect(`\n${told.join("\n")}\n`).toMatchInlineSnapshot(`
		"
		process_started: started again after a crash of pid 11, pid 12, 2 crashes lately
		process_stopped: ended (signal), pid 12, after 2h05m
		process_parked: parked: it crashed 5 times within 1h
		heartbeat: waiting
		health: memory 41 % of 16 GiB, load 0.4, 64 GiB of disk free
		alert: warning: only 900 MiB are free
		paused: paused all until 2026-01-31T09:00:00.000Z: lunch
		resumed: resumed all: its time is over
		trigger: asked for cycle of ralph-1 now, by way of telegram: before the demo
		trigger_done: answered the request 9: refused: nothing happened since the last one
		task_requested: asked for a task, by way of cli: repair the parser
		task_order: asked to try t-1 again: the base is green again
		task_queued: queued t-1: repair the parser
		task_assigned: gave t-1 to ralph-1
		task_settled: t-1 done: landed
		cycle_step: cycle 3 on "guard the average": hack
		ralph_cycle: cycle 3 on t-1: pushed: one error less, $0.13 in 2m
		change_pushed: pushed c-1, brl/ralph-1/1 at 0123456789
		cto_review: approved c-1 at 0123456789: focused and tested
		change_landed: landed c-1 as 0123456789
		change_rejected: rejected c-1: a test was deleted; two things at once
		change_reverted: reverted c-1 with 0123456789: the base became red
		approval_asked: asks about 0123456789 until 2026-01-31T09:00:00.000Z: May it land?
		approval_given: answered "approve" for 0123456789: looks right
		approval_expired: nobody answered the question a-1 in time
		call_reserved: reserved $2.00 for a call of claude (sonnet) as coder on t-1
		agent_called: called claude (sonnet) as coder: timed-out, $1.20 estimated in 1m
		budget_reached: the budget of task t-1 leaves no room: $5.02 of $5.00 are spent
		ticket_opened: opened the ticket k-1: the export is slow
		ticket_progressed: k-1, testing: the tester found a case
		ticket_settled: the ticket k-1 is done: merged
		team_standup: stand-up of 2 sessions, without ralph-3, $0.30: parser first
		doctor_analysis: ralph-1 is stuck: the same test fails each time
		skill_proposed: proposed the skill mock-clock: seen three times
		skill_adopted: adopted the skill mock-clock: on probation
		skill_retired: retired the skill mock-clock: nothing landed with it
		bot_message: heard: how is it going (not understood)
		self_improved: improved bot, from 50 % handled to 60 %: knows greetings
		checkpoint: checkpoint of everything up to 1200
		"
	`);
});

test("a type that nobody found words for shows what it holds", () => {
	const strange = { ...anEntry("heartbeat", examples.heartbeat), type: "coffee_made", data: { cups: 3, for: "all" } };
	expect(sentenceOf(strange as unknown as Entry)).toBe('coffee_made cups=3 for="all"');
});

test("a line has the time, the number, the writer and what happened", () => {
	expect(entryLine(anEntry("heartbeat", examples.heartbeat), moment, paintIf(false))).toBe(
		"01-31 08:00:00      12  ralph-1         waiting",
	);
});

test("nothing that a stranger wrote reaches the terminal as a command", () => {
	const nasty = "\u001b]0;pwned\u0007\u009b31m\r\nsecond line \u202edesrever\u2066 \u{e0041}";
	const entry = { ...anEntry("alert", { code: "x", severity: "note", message: nasty }), by: `a${nasty}`, ts: nasty };
	const line = entryLine(entry, moment, paintIf(false));
	expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
	expect(line).toMatchInlineSnapshot(
		`"?                   12  a\\e]0;pwned\\u{7}\\u{9b}31m\\r\\nsecond line \\u{202e}desrever\\u{2066} \\u{e0041}  note: \\e]0;pwned\\u{7}\\u{9b}31m\\r\\nsecond line \\u{202e}desrever\\u{2066} \\u{e0041}"`,
	);
});

test("a document is told by its beginning", () => {
	const line = entryLine(anEntry("ticket_opened", { ticket: "k", text: "x".repeat(20_000) }), moment, paintIf(false));
	expect(line.length).toBeLessThan(600);
	expect(line.endsWith("…")).toBe(true);
});

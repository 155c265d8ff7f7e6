import type { Change, Draft, Task } from "@shopfloor/core";
import { inOrder, queueSight, taskStory } from "@shopfloor/core/person";
import { aTask, draftOf, fakeClock, memoryFloor } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { paintIf } from "../paint.ts";
import { type Look, listLines } from "./list-view.ts";
import { queueLines } from "./queue-view.ts";
import { taskLines } from "./task-view.ts";

const look: Look = { paint: paintIf(false), timeZone: "UTC", width: 80, nowMs: Date.UTC(2026, 0, 31, 8, 30) };

const tasks: readonly Task[] = [
	aTask({ id: "t-1", status: "done", title: "rename the option" }),
	aTask({ id: "t-2", title: "mend the login test", priority: 5, changed: at(2) }),
	aTask({ id: "t-3", title: "guard the average against an empty list", priority: 0, changed: at(4) }),
	aTask({ id: "t-4", status: "assigned", session: "ralph-1", title: "the lexer drops umlauts", changed: at(18) }),
	aTask({ id: "t-5", title: "use the new lexer", after: ["t-1", "t-4"], priority: 1 }),
	aTask({
		id: "t-6",
		status: "set-aside",
		attempts: 3,
		failedBy: ["ralph-1", "ralph-2"],
		title: "make it faster",
		reason: "no check could tell whether it is",
	}),
	aTask({ id: "t-7", status: "pushed", session: "ralph-2", title: "a test for the clock", changed: at(29) }),
];

test("tasks in the order in which they are worked on, with what keeps them", () => {
	expect(`\n${listLines(inOrder(tasks), tasks, look).join("\n")}\n`).toMatchInlineSnapshot(`
		"
		task  status     prio  for    session
		t-4   assigned      5    12m  ralph-1  the lexer drops umlauts
		t-7   pushed        5     1m  ralph-2  a test for the clock
		t-3   waiting       0    26m  -        guard the average against an empty list
		t-5   waiting       1    30m  -        use the new lexer (after t-4)
		t-2   waiting       5    28m  -        mend the login test
		t-6   set-aside     5    30m  -        make it faster: no check could tell whet…
		t-1   done          5    30m  -        rename the option
		"
	`);
});

test("a list is bounded", () => {
	const many = Array.from({ length: 150 }, (_, index) => aTask({ id: `t-${index}` }));
	expect(listLines(many, many, look)).toHaveLength(1 + 100 + 1);
	expect(listLines(many, many, look).at(-1)).toBe("and 50 more; --json has all of them");
});

test("tasks and changes on one screen", () => {
	const changes: Change[] = [
		aChange({ id: "c-9c1d0a2b3c4d", task: "t-7", title: "a test for the clock" }),
		aChange({ id: "c-0f0f0f0f0f0f", status: "asked", title: "an unused import is gone", session: "ralph-1" }),
		aChange({ id: "c-aaaaaaaaaaaa", status: "landed" }),
	];
	const questions = {
		"a-0f-1": { change: "c-0f0f0f0f0f0f", commit: "0f", question: "May it land?", expires: "2026-01-31T12:00:00.000Z" },
	};
	const more = Array.from({ length: 9 }, (_, index) => aTask({ id: `t-2${index}`, priority: 9 }));
	const sight = queueSight([...tasks, ...more], changes, questions);
	expect(`\n${queueLines(sight, look).join("\n")}\n`).toMatchInlineSnapshot(`
		"
		Tasks: 15 open
		worked on  t-4   ralph-1  12m  the lexer drops umlauts
		in review  t-7   ralph-2  1m   a test for the clock
		waiting    t-3   prio 0   26m  guard the average against an empty list
		           t-5   prio 1   30m  use the new lexer (after t-4)
		           t-2   prio 5   28m  mend the login test
		           t-20  prio 9   30m  repair the parser
		           t-21  prio 9   30m  repair the parser
		           t-22  prio 9   30m  repair the parser
		           t-23  prio 9   30m  repair the parser
		           t-24  prio 9   30m  repair the parser
		                               and 4 more
		set aside  t-6   3 tries  30m  make it faster: no check could tell whether it is
		All of them: npx shopfloor task ls

		Changes: 2 in review
		pending  c-9c1d0a2b3c4d  ralph-2  10m  t-7: a test for the clock
		asked    c-0f0f0f0f0f0f  ralph-1  10m  an unused import is gone

		A person is asked about one:
		  npx shopfloor change show c-0f0f0f0f0f0f   until 12:00
		"
	`);
});

test("an empty queue says what to do", () => {
	expect(queueLines(queueSight([], [], {}), look).join("\n")).toMatchInlineSnapshot(`
		"No task is open. Sessions without one look for something small themselves.
		To ask for one: npx shopfloor task add "<title>"

		No change is in review."
	`);
});

test("a task and its story", async () => {
	const entries = await written([
		draftOf("alert", { code: "x", severity: "note", message: "before it" }),
		draftOf("task_requested", { title: "guard the average", source: "cli", after: ["t-1", "t-4"] }, "cli:ana"),
		draftOf("task_queued", { task: "t-2", title: "guard the average", request: 2 }, "scheduler"),
		draftOf("task_assigned", { task: "t-2", session: "ralph-1" }, "scheduler"),
		draftOf("agent_called", { ...called, task: "t-2", usd: 0.4 }, "ralph-1"),
		draftOf("agent_called", { ...called, task: "t-99", usd: 7 }, "ralph-2"),
		draftOf(
			"ralph_cycle",
			{
				session: "ralph-1",
				cycle: 12,
				task: "t-2",
				outcome: "discarded",
				reason: "the errors went from 12 to 13, and the test that was to show it passes on the base as well",
				before: { errors: 12, failingTests: 0 },
				after: { errors: 13, failingTests: 0 },
				usd: 0.4,
				durationMs: 93_000,
			},
			"ralph-1",
		),
		draftOf("change_pushed", { ...pushed, change: "c-1", task: "t-2" }, "ralph-1"),
		draftOf("change_pushed", { ...pushed, change: "c-2", task: "t-99" }, "ralph-2"),
		draftOf("change_rejected", { change: "c-1", session: "ralph-1", reasons: ["two things at once"] }, "cto-reviewer"),
		draftOf("change_rejected", { change: "c-2", reasons: ["of another task"] }, "cto-reviewer"),
	]);
	const story = taskStory("t-2");
	for (const entry of entries) story.add(entry);
	const task = aTask({
		id: "t-2",
		title: "guard the average against an empty list",
		detail: "it divides by the length\nwhich may be 0",
		files: ["src/average.ts"],
		after: ["t-1", "t-4"],
		attempts: 2,
		failedBy: ["ralph-1"],
		reason: "two things at once",
	});
	const lines = taskLines(
		{
			id: "t-2",
			task,
			request: { title: task.title, source: "cli", by: "cli:ana", at: at(0) },
			cycle: null,
			usd: story.usd(),
			calls: story.calls(),
			story: story.entries(),
		},
		tasks,
		look,
	);
	expect(`\n${lines.join("\n")}\n`).toMatchInlineSnapshot(`
		"
		t-2  waiting for 30m, priority 5
		guard the average against an empty list

		  it divides by the length
		  which may be 0

		asked    by cli:ana 30m ago
		files    src/average.ts
		after    t-1 (done), t-4 (open)
		tries    2, by ralph-1
		reason   two things at once
		spent    $0.40 in 1 call

		01-31 08:00:00  cli:ana       asked for a task, by way of cli: guard the average
		01-31 08:00:00  scheduler     queued t-2: guard the average
		01-31 08:00:00  scheduler     gave t-2 to ralph-1
		01-31 08:00:00  ralph-1       cycle 12 on t-2: discarded: the errors went from
		                              12 to 13, and the test that was to show it passes
		                              on the base as well, $0.40 in 1m
		01-31 08:00:00  ralph-1       pushed c-1, brl/ralph-1/1 at 9c1d0a2b3c
		01-31 08:00:00  cto-reviewer  rejected c-1: two things at once
		"
	`);
});

test("one that is set aside says how it is tried again", () => {
	const task = aTask({ id: "t-6", status: "set-aside" });
	const sight = { id: "t-6", task, request: null, cycle: null, usd: 0, calls: 0, story: [] };
	expect(taskLines(sight, [], look).at(-1)).toBe("To have it tried again: npx shopfloor task retry t-6");
});

test("what a stranger wrote reaches the terminal as text", () => {
	const nasty = "\u001b]0;pwned\u0007\r\nsecond \u202edesrever";
	const task = aTask({ id: "t-6", title: nasty, detail: nasty, reason: nasty });
	const sight = { id: "t-6", task, request: null, cycle: null, usd: 0, calls: 0, story: [] };
	const all = [
		...taskLines(sight, [], look),
		...listLines([task], [task], look),
		...queueLines(queueSight([task], [], {}), look),
	];
	expect(all.join("")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

const called = {
	role: "coder",
	agent: "claude",
	estimated: false,
	inputTokens: 1,
	cachedTokens: 0,
	outputTokens: 1,
	durationMs: 1,
	outcome: "done",
} as const;

const pushed = { session: "ralph-1", branch: "brl/ralph-1/1", commit: "9c1d0a2b3c4d", base: "1234" };

function at(minutes: number): string {
	return new Date(Date.UTC(2026, 0, 31, 8, minutes)).toISOString();
}

function aChange(patch: Partial<Change>): Change {
	return {
		id: "c-1",
		status: "pending",
		session: "ralph-2",
		task: null,
		branch: "brl/ralph-2/20260131-080000",
		commit: "9c1d0a2b3c4d",
		base: "1234",
		title: "a change",
		created: at(20),
		changed: at(20),
		attempts: 0,
		reasons: [],
		...patch,
	};
}

async function written(drafts: readonly Draft[]) {
	return await memoryFloor(fakeClock()).log.append(drafts);
}

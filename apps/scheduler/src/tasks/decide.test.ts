/** Stories of the queue: what is said, and what becomes of it at the next turn. */
import type { Task } from "@shopfloor/core";
import { aTask } from "@shopfloor/core/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { type AQueue, aChange, alerts, aMachine, aQueue, minute, settlements } from "./testing/a-queue.ts";

let queue: AQueue;
beforeEach(() => {
	queue = aQueue();
});

describe("who asks for a task", () => {
	test("has it queued under the number of the asking, and given to who is free", () => {
		const id = queue.asks({ title: "guard the average", priority: 1, files: ["src/a.ts"] });
		const told = queue.turn();
		expect(told.map(({ type }) => type)).toEqual(["task_queued", "task_assigned"]);
		expect(queue.task(id)).toMatchObject({ title: "guard the average", status: "assigned", session: "ralph-1" });
		expect(queue.turn()).toEqual([]);
	});

	test.each<[string, Parameters<AQueue["asks"]>[0], string]>([
		["without a title", { title: "  \n " }, "a task needs a title"],
		["for the same", { title: "TASK  3" }, 'it is asked for already: t-4 "task 3", which ralph-1 works on'],
		[
			"with the same key",
			{ key: "k" },
			'it was asked for before, with the same key: t-5 "task 4", which ralph-2 works on',
		],
		["after nothing there is", { after: ["t-99"] }, "it is to wait for t-99, and there is no such task"],
		["after itself", { after: ["t-10"] }, "a task cannot wait for itself"],
		["at files elsewhere", { files: ["../etc"] }, '"../etc" is not a path inside of the repository'],
		["at files of Windows", { files: ["src\\a.ts"] }, '"src\\\\a.ts" has a backslash; folders are parted by /'],
	])("%s is refused, and told why", (_what, asked, reason) => {
		queue.asks();
		queue.asks({ key: "k" });
		queue.turn();
		const id = queue.asks(asked);
		expect(settlements(queue.turn())).toEqual([`${id} refused: ${reason}`]);
		expect(queue.task(id)).toBeUndefined();
	});

	test("has its paths as git writes them, each once", () => {
		const id = queue.asks({ files: ["./src//a.ts", "src/a.ts", "docs/", "src/**", "./"] });
		queue.turn();
		expect(queue.task(id)?.files).toEqual(["src/a.ts", "docs", "src/**", "."]);
	});

	test("twice in one breath is told of the first; the same may be asked again when it is done", () => {
		const [first, second] = [queue.asks({ title: "a" }), queue.asks({ title: "A " })];
		expect(settlements(queue.turn())).toEqual([
			`${second} refused: it is asked for already: ${first} "a", which waits`,
		]);
		queue.says("change_landed", { change: "c-1", commit: "1", tree: "2", receipt: "3", task: first }, "cto-reviewer");
		queue.turn();
		const third = queue.asks({ title: "a" });
		queue.turn();
		expect(queue.given()).toEqual([`${third}:ralph-2`]);
	});

	test("is refused by a queue that is full", () => {
		const id = queue.asks();
		queue.turn();
		const [task] = queue.tasks;
		if (task === undefined) throw new Error(`${id} is not there`);
		queue.tasks = Array.from({ length: 10_000 }, (_, index) => ({ ...task, id: `x-${index}`, title: `${index}` }));
		const refused = queue.asks({ title: "one more" });
		expect(settlements(queue.turn())).toEqual([
			`${refused} refused: the queue is full: 10000 tasks stand in it. Ask again when some are done, or cancel some`,
		]);
	});
});

describe("a cycle that ends", () => {
	test.each([
		["pushed", "pushed", 0],
		["limited", "waiting", 0],
		["discarded", "assigned", 1],
		["idle", "assigned", 1],
		["failed", "assigned", 1],
	] as const)("as %s leaves its task %s after %i attempts", (outcome, status, attempts) => {
		const id = queue.asks();
		queue.says("paused", { scope: "ralph-2", kind: "pause", reason: "x" });
		queue.turn();
		queue.says("resumed", { scope: "ralph-2" });
		if (status === "waiting") queue.says("paused", { scope: "ralph-2", kind: "pause", reason: "x" });
		queue.cycle("ralph-1", id, outcome);
		queue.turn();
		expect(queue.task(id)).toMatchObject({ status, attempts });
		expect(queue.task(id)?.failedBy).toEqual(attempts === 0 ? [] : ["ralph-1"]);
		if (status === "assigned") expect(queue.given()).toEqual([`${id}:ralph-2`]);
	});

	test("of a task that is not this session's any more says nothing about it", () => {
		const id = queue.asks();
		queue.turn();
		queue.cycle("ralph-2", id, "failed");
		queue.cycle("ralph-2", null, "failed");
		queue.cycle("ralph-2", "t-unknown", "pushed");
		expect(queue.turn()).toEqual([]);
		expect(queue.given()).toEqual([`${id}:ralph-1`]);
	});

	test("three times badly sets the task aside, with every reason", () => {
		queue = aQueue(["ralph-1", "ralph-2", "ralph-3", "ralph-4"]);
		const id = queue.asks();
		queue.turn();
		const told = ["worse", "empty", "worse again"].map((reason) => {
			queue.cycle(queue.task(id)?.session ?? "", id, "failed", reason);
			return settlements(queue.turn());
		});
		const reasons = "1. ralph-1: worse 2. ralph-2: empty 3. ralph-3: worse again";
		expect(told).toEqual([[`${id} returned: worse`], [`${id} returned: empty`], [`${id} set-aside: ${reasons}`]]);
		expect(queue.task(id)).toMatchObject({ status: "set-aside", attempts: 3, reason: reasons });
	});

	test("badly with all who are given tasks gives it to the one whose failure is the oldest, until the third", () => {
		const id = queue.asks();
		queue.turn();
		for (const session of ["ralph-1", "ralph-2"]) {
			queue.cycle(session, id, "failed", "worse");
			queue.turn();
		}
		expect(queue.task(id)).toMatchObject({ status: "assigned", session: "ralph-1", attempts: 2 });
		queue.cycle("ralph-1", id, "failed", "worse");
		queue.turn();
		expect(queue.task(id)).toMatchObject({ status: "set-aside", failedBy: ["ralph-2", "ralph-1"] });
	});

	test("badly with the only session there is gives it to that one again", () => {
		queue = aQueue(["ralph-1"]);
		const id = queue.asks();
		queue.turn();
		queue.cycle("ralph-1", id, "failed", "worse");
		queue.turn();
		expect(queue.given()).toEqual([`${id}:ralph-1`]);
	});

	test("is waited for by what the others failed at, if it can be; not if it is paused", () => {
		const [one, two] = [queue.asks(), queue.asks()];
		queue.turn();
		queue.cycle("ralph-1", one, "failed", "worse");
		queue.turn();
		expect(queue.given()).toEqual([`${two}:ralph-2`]);
		queue.says("paused", { scope: "ralph-2", kind: "pause", reason: "x" });
		queue.turn();
		expect(queue.given()).toContain(`${one}:ralph-1`);
	});

	test("by a death counts as an attempt from its third death on, until a person says otherwise", () => {
		queue = aQueue(["ralph-1"]);
		const id = queue.asks();
		queue.turn();
		const dies = () => {
			queue.cycle("ralph-1", id, "failed", "interrupted: the process died");
			queue.turn();
			return queue.task(id)?.attempts;
		};
		expect([dies(), dies(), dies(), dies(), dies()]).toEqual([0, 0, 1, 2, 3]);
		expect(queue.task(id)?.status).toBe("set-aside");
		queue.says("task_order", { task: id, order: "retry" });
		queue.turn();
		expect(dies()).toBe(0);
	});
});

describe("what may be spent on a task", () => {
	const reached = (subject: string, scope = "task") =>
		queue.says("budget_reached", { scope, subject, capUsd: 3, spentUsd: 2.9 }, "ralph-1");
	const why = "what may be spent on one task (budget.perTask, $3.00) leaves no room: $2.90 are spent on it";

	test("is spent: it is set aside, and its session goes on with another", () => {
		const id = queue.asks();
		queue.turn();
		reached(id);
		expect(settlements(queue.turn())).toEqual([`${id} set-aside: ${why}`]);
		queue.cycle("ralph-1", id, "limited", "no money");
		expect(queue.turn()).toEqual([]);
		expect(queue.task(id)).toMatchObject({ status: "set-aside", reason: why });
	});

	test("and again when a person has it tried again: then it is set aside again", () => {
		const id = queue.asks();
		queue.turn();
		reached(id);
		queue.turn();
		queue.says("task_order", { task: id, order: "retry" });
		queue.turn();
		expect(queue.task(id)?.status).toBe("assigned");
		reached(id);
		expect(settlements(queue.turn())).toEqual([`${id} set-aside: ${why}`]);
	});

	test("is spent when its change is in review: that is decided by what it is", () => {
		const id = queue.asks();
		queue.turn();
		queue.cycle("ralph-1", id, "pushed");
		reached(id);
		reached("t-99");
		queue.turn();
		expect(queue.task(id)?.status).toBe("pushed");
	});

	test("is another thing than what may be spent in a day", () => {
		const id = queue.asks();
		queue.turn();
		reached(id, "budget");
		expect(queue.turn()).toEqual([]);
	});
});

describe("a change that is decided", () => {
	let id: string;
	beforeEach(() => {
		id = queue.asks();
		queue.turn();
		queue.cycle("ralph-1", id, "pushed");
		queue.changes = [aChange({ id: "c-1", task: id })];
		queue.turn();
	});

	test("lands, and its task is done", () => {
		land(id);
		expect(settlements(queue.turn())).toEqual([`${id} done: landed as 0123456789ab`]);
		expect(queue.task(id)?.status).toBe("done");
	});

	test("is rejected, and another one tries", () => {
		queue.says("change_rejected", { change: "c-1", reasons: ["too big", "no test"] }, "cto-reviewer");
		expect(settlements(queue.turn())).toEqual([`${id} returned: too big; no test`]);
		expect(queue.task(id)).toMatchObject({ failedBy: ["ralph-1"], attempts: 1, session: "ralph-2" });
	});

	test("and of which nobody said so is found in the review queue after a while", () => {
		queue.changes = [aChange({ id: "c-1", task: id, status: "missing" })];
		queue.nowMs += 9 * minute;
		expect(queue.turn()).toEqual([]);
		queue.nowMs += 2 * minute;
		expect(settlements(queue.turn())).toEqual([
			`${id} returned: its change is not in review any more, and did not land`,
		]);
	});

	test("is left alone in review, however long it takes", () => {
		queue.nowMs += 24 * 60 * minute;
		expect(queue.turn()).toEqual([]);
	});
});

describe("a session that comes back to a task that was taken from it", () => {
	test("has it if nobody else began, and its landing ends it", () => {
		const id = queue.asks();
		queue.turn();
		queue.patch = { absentMs: { "ralph-1": 2 * minute, "ralph-2": 1 } };
		expect(settlements(queue.turn())).toEqual([`${id} returned: ralph-1 is gone, and nobody has started it again`]);
		queue.cycle("ralph-1", id, "pushed");
		queue.turn();
		expect(queue.task(id)).toMatchObject({ status: "pushed", session: "ralph-1" });
		land(id);
		queue.turn();
		expect(queue.task(id)?.status).toBe("done");
	});

	test("its landing ends it also when it waits again, or was set aside", () => {
		queue.says("paused", { scope: "coder", kind: "pause", reason: "x" });
		const [one, two] = [queue.asks(), queue.asks({ after: ["t-5"] })];
		queue.turn();
		queue.says("task_order", { task: one, order: "cancel" });
		queue.turn();
		expect(queue.task(two)?.status).toBe("set-aside");
		land(two);
		queue.turn();
		expect(queue.task(two)?.status).toBe("done");
		land(one);
		queue.turn();
		expect(queue.task(one)?.status).toBe("cancelled");
	});
});

describe("a person's word about a task", () => {
	test("cancels it wherever it is, and what waits for it is set aside", () => {
		const [one, two] = [queue.asks(), queue.asks({ after: ["t-4"] })];
		queue.turn();
		queue.says("task_order", { task: one, order: "cancel", reason: "not wanted" });
		expect(settlements(queue.turn())).toEqual([
			`${one} cancelled: cancelled by cli:ana: not wanted`,
			`${two} set-aside: it waits for ${one}, which will not be done`,
		]);
	});

	test("cancels it under the hands of a session, who is free at once, and for which it is no failure", () => {
		queue = aQueue(["ralph-1"]);
		const [one, two] = [queue.asks({ priority: 0 }), queue.asks()];
		queue.turn();
		queue.says("task_order", { task: one, order: "cancel" });
		queue.cycle("ralph-1", one, "limited", "called off: the task was cancelled by cli:ana");
		queue.turn();
		expect(queue.given()).toEqual([`${two}:ralph-1`]);
		queue.changes = [aChange({ task: one })];
		queue.says("change_rejected", { change: "c-1", reasons: ["the task was cancelled by cli:ana"] });
		queue.turn();
		expect(queue.remembered.decided).toBe("");
	});

	test("lets a task be tried again by everybody, without waiting for what will not be done", () => {
		const [one, two] = [queue.asks(), queue.asks({ after: ["t-4"] })];
		queue.says("task_order", { task: one, order: "cancel" });
		queue.turn();
		queue.says("task_order", { task: two, order: "retry" });
		expect(queue.turn().map(({ type }) => type)).toEqual(["task_queued", "task_assigned"]);
		expect(queue.task(two)).toMatchObject({ attempts: 0, failedBy: [], after: [] });
	});

	test.each([
		["t-99", "retry", "there is no task t-99 in the queue"],
		["t-4", "retry", 't-4 "task 3", which is in review, cannot be tried again'],
		["t-5", "cancel", 't-5 "task 4", which is cancelled, cannot be cancelled'],
		["t-5", "retry", 't-5 "task 4", which is cancelled, cannot be tried again. Ask for it anew'],
	] as const)("about %s is refused where it makes no sense (%s)", (task, order, message) => {
		const [one, two] = [queue.asks(), queue.asks()];
		queue.turn();
		queue.cycle("ralph-1", one, "pushed");
		queue.says("task_order", { task: two, order: "cancel" });
		queue.turn();
		queue.says("task_order", { task, order });
		expect(alerts(queue.turn())).toEqual([message]);
	});
});

describe("tasks are taken back from a session", () => {
	test.each<[string, (queue: AQueue) => void, string]>([
		[
			"that is not configured any more",
			(q) => (q.patch = { sessions: ["ralph-2"] }),
			"ralph-1 is not configured any more",
		],
		[
			"that is gone for long",
			(q) => (q.patch = { absentMs: { "ralph-1": 90_000 } }),
			"ralph-1 is gone, and nobody has started it again",
		],
		["that is paused before it began", pause("pause"), "ralph-1 is paused: a look"],
		["that is stopped", pause("stop"), "ralph-1 is stopped: a look"],
	])("%s", (_what, happens, reason) => {
		queue.says("paused", { scope: "ralph-2", kind: "pause", reason: "x" });
		const id = queue.asks();
		queue.turn();
		happens(queue);
		expect(settlements(queue.turn())).toEqual([`${id} returned: ${reason}`]);
		expect(queue.task(id)).toMatchObject({ status: "waiting", attempts: 0, failedBy: [] });
		expect(queue.turn()).toEqual([]);
	});

	test("and not from one that is gone for a moment, or is paused while it is at it", () => {
		const id = queue.asks();
		queue.turn();
		queue.patch = { absentMs: { "ralph-1": 89_999 } };
		expect(queue.turn()).toEqual([]);
		begins("ralph-1", id);
		pause("pause")(queue);
		expect(queue.turn()).toEqual([]);
		pause("stop")(queue);
		expect(settlements(queue.turn())).toEqual([`${id} returned: ralph-1 is stopped: a look`]);
	});
});

describe("nothing is given to a session", () => {
	test.each<[string, (queue: AQueue) => void]>([
		["whose seat is empty", (q) => (q.patch = { absentMs: { "ralph-1": 1 } })],
		["that is paused", pause("pause")],
		["that is at something of its own", () => begins("ralph-1", null)],
		["that could not begin a moment ago", (q) => bounce(q)],
	])("%s", (_what, happens) => {
		happens(queue);
		const [one] = [queue.asks(), queue.asks()];
		queue.turn();
		expect(queue.given()).toEqual([`${one}:ralph-2`]);
	});

	test("on files of a change that is on its way to the base, until it is decided or parked", () => {
		queue.changes = [aChange({ files: ["src/a.ts"] })];
		const [one, two] = [queue.asks({ files: ["src/**"] }), queue.asks({ files: ["docs"] })];
		queue.turn();
		expect(queue.given()).toEqual([`${two}:ralph-1`]);
		queue.changes = [aChange({ files: ["src/a.ts"], status: "asked" })];
		queue.turn();
		expect(queue.given()).toEqual([`${one}:ralph-2`, `${two}:ralph-1`]);
	});

	test("that gave it back: others take what stands behind it, until its rest is over", () => {
		const [one, two, three] = [queue.asks(), queue.asks(), queue.asks()];
		queue.turn();
		queue.cycle("ralph-1", one, "limited");
		queue.cycle("ralph-2", two, "pushed");
		queue.turn();
		expect(queue.given()).toEqual([`${three}:ralph-2`]);
		queue.nowMs += 15_000;
		queue.turn();
		expect(queue.given()).toEqual([`${three}:ralph-2`]);
		queue.nowMs += 15_000;
		queue.turn();
		expect(queue.given()).toEqual([`${one}:ralph-1`, `${three}:ralph-2`]);
	});

	test("whose task rests longer than itself, so that what stands behind it has its turn", () => {
		queue = aQueue(["ralph-1"]);
		const [one, two] = [queue.asks({ priority: 0 }), queue.asks()];
		queue.turn();
		queue.cycle("ralph-1", one, "limited");
		queue.turn();
		queue.nowMs += 15_000;
		queue.turn();
		expect(queue.given()).toEqual([`${two}:ralph-1`]);
	});

	test("but who is started anew has at once what it gave back, and a person's word ends the rest of a task too", () => {
		const id = queue.asks();
		queue.turn();
		queue.cycle("ralph-1", id, "limited");
		queue.turn();
		expect(queue.given()).toEqual([]);
		queue.says("process_started", { pid: 8, node: "v20", after: "stop", crashes: 0 }, "ralph-1");
		queue.turn();
		expect(queue.given()).toHaveLength(1);
		queue.cycle(queue.task(id)?.session ?? "", id, "limited");
		queue.turn();
		queue.says("task_order", { task: id, order: "retry" });
		queue.turn();
		expect(queue.given()).toHaveLength(1);
	});

	test("and of a task that is ended nothing is remembered", () => {
		queue = aQueue(["ralph-1"]);
		const id = queue.asks();
		queue.turn();
		queue.cycle("ralph-1", id, "failed", "interrupted: the process died");
		queue.turn();
		queue.cycle("ralph-1", id, "limited");
		queue.turn();
		expect(queue.remembered).toMatchObject({ resting: { [id]: { inARow: 1 } }, interrupted: { [id]: 1 } });
		queue.says("task_order", { task: id, order: "cancel" });
		queue.turn();
		expect(Object.keys(queue.remembered.resting)).toEqual(["ralph-1"]);
		expect(queue.remembered.interrupted).toEqual({});
	});

	test("that bounces, for longer each time, until it works again or is started anew", () => {
		queue = aQueue(["ralph-1"]);
		const restsMs = () => (queue.remembered.resting["ralph-1"]?.untilMs ?? 0) - queue.nowMs;
		for (const seconds of [15, 30, 60, 120, 240, 480, 900, 900]) {
			bounce(queue);
			queue.turn();
			expect(restsMs()).toBe(seconds * 1_000);
			queue.nowMs += restsMs();
		}
		queue.says("process_started", { pid: 8, node: "v20", after: "stop", crashes: 0 }, "ralph-1");
		queue.turn();
		expect(queue.remembered.resting).toEqual({});
		bounce(queue);
		queue.cycle("ralph-1", null, "idle");
		queue.turn();
		expect(queue.remembered.resting).toEqual({});
	});

	test("rests no longer when a person lets it go on", () => {
		queue = aQueue(["ralph-1"]);
		const id = queue.asks();
		queue.turn();
		queue.says("paused", { scope: "all", kind: "stop", reason: "night" });
		queue.cycle("ralph-1", id, "limited", "called off: stopped by a person");
		queue.says("resumed", { scope: "all" });
		queue.turn();
		expect(queue.given()).toEqual([`${id}:ralph-1`]);
	});

	test("nor to anybody whose agent cannot be called, nor in quiet hours, which are told once", () => {
		queue.asks();
		queue.patch = { isServed: false };
		expect(queue.turn().map(({ type }) => type)).toEqual(["task_queued"]);
		queue.patch = { quiet: { from: "11:00", to: "13:00" } };
		expect(alerts(queue.turn())).toEqual(["from 11:00 to 13:00 no task is handed out; what is under way goes on"]);
		expect(queue.turn()).toEqual([]);
		queue.patch = {};
		expect(queue.turn().map(({ type }) => type)).toEqual(["task_assigned"]);
	});
});

describe("memory", () => {
	test("above its mark: nothing is given, and the log says why once, until it has clearly fallen", () => {
		queue.asks();
		queue.patch = { machine: aMachine(0.86) };
		expect(alerts(queue.turn())).toEqual([
			"86 % of the memory is in use (8 GiB, this machine); the mark is 85 %. No task is handed out until it falls.",
		]);
		queue.patch = { machine: aMachine(0.85) };
		expect(queue.turn().map(({ type }) => type)).toEqual(["task_assigned"]);
		queue.patch = { machine: aMachine(0.86) };
		expect(queue.turn()).toEqual([]);
		queue.patch = { machine: aMachine(0.79) };
		queue.turn();
		queue.patch = { machine: aMachine(0.86) };
		expect(alerts(queue.turn())).toHaveLength(1);
	});

	test.each([
		["programs wait for it", { memoryPressure: 0.3 }],
		["its swap is about to be full as well", { swapFreeShare: 0.05 }],
	])("a little below it is tight where %s", (_what, how) => {
		queue.asks();
		queue.patch = { machine: { ...aMachine(0.82), ...how } };
		queue.turn();
		expect(queue.given()).toEqual([]);
	});

	test("that takes one more agent takes no two, those included that are about to begin", () => {
		queue.patch = { footprintBytes: 2 ** 31, machine: aMachine(0.5) };
		const [one, two] = [queue.asks(), queue.asks()];
		queue.turn();
		expect(queue.given()).toEqual([`${one}:ralph-1`]);
		expect(queue.turn()).toEqual([]);
		begins("ralph-1", one);
		queue.patch = { footprintBytes: 2 ** 31, machine: aMachine(0.75) };
		expect(alerts(queue.turn())).toEqual([
			"819 MiB of memory are free below the mark of 85 %, and an agent takes up to 2 GiB. No task is handed out until there is room.",
		]);
		expect(queue.turn()).toEqual([]);
		queue.patch = {};
		queue.turn();
		expect(queue.given()).toEqual([`${one}:ralph-1`, `${two}:ralph-2`]);
	});

	test("that takes no agent takes one all the same, where none runs", () => {
		queue.patch = { footprintBytes: 2 ** 33, machine: aMachine(0.5) };
		const [one] = [queue.asks(), queue.asks()];
		queue.turn();
		expect(queue.given()).toEqual([`${one}:ralph-1`]);
		expect(queue.mayBegin.held).toBe("the memory below the mark of 85 % does not take another agent");
		queue.cycle("ralph-1", one, "failed");
		queue.turn();
		expect(queue.given()).toHaveLength(1);
	});

	test("that runs out takes the agent that began last, and its task goes back; the next one only after a minute", () => {
		const [one, two] = [queue.asks(), queue.asks()];
		queue.turn();
		begins("ralph-2", two, 0);
		begins("ralph-1", one, 1_000);
		queue.patch = { machine: aMachine(0.96) };
		const told = queue.turn();
		expect(told.filter(({ type }) => type === "paused").map(({ data }) => data)).toMatchObject([
			{ scope: "ralph-1", kind: "stop", until: "2026-01-31T08:02:00.000Z" },
		]);
		expect(settlements(told)).toEqual([
			`${one} returned: 96 % of the memory is in use (8 GiB, this machine); above 95 % the agent that began last is stopped: ralph-1, for two minutes. Its task goes back.`,
		]);
		expect(queue.given()).toEqual([`${two}:ralph-2`]);
		expect(queue.turn()).toEqual([]);
		queue.nowMs += minute;
		expect(queue.turn().filter(({ type }) => type === "paused")).toHaveLength(1);
		expect(queue.given()).toEqual([]);
	});
});

describe("how many sessions are given tasks", () => {
	test("one fewer when most of the last work came to nothing, one more when little did", () => {
		expect(alerts(decided({ bad: 10, good: 10 }))).toEqual([]);
		expect(alerts(decided({ bad: 11, good: 9 }))).toEqual([
			"1 of 2 sessions are given tasks, one fewer: 11 of the last 20 came to nothing",
		]);
		queue.asks();
		queue.asks();
		queue.turn();
		expect(queue.given()).toHaveLength(1);
		expect(alerts(decided({ bad: 20, good: 0 }))).toEqual([]);
		expect(alerts(decided({ bad: 5, good: 15 }))).toEqual([]);
		expect(alerts(decided({ bad: 4, good: 16 }))).toEqual([
			"2 of 2 sessions are given tasks, one more: only 4 of the last 20 came to nothing",
		]);
		expect(queue.given()).toHaveLength(2);
	});

	test("what was decided before a step says nothing about the next", () => {
		queue = aQueue(["ralph-1", "ralph-2", "ralph-3"]);
		expect(alerts(decided({ bad: 20, good: 0 }))).toHaveLength(1);
		expect(alerts(decided({ bad: 19, good: 0 }))).toEqual([]);
		expect(alerts(decided({ bad: 1, good: 0 }))).toHaveLength(1);
	});

	test("a session that cannot get on rests first, which is told once", () => {
		queue.says("doctor_analysis", { session: "ralph-1", class: "stuck", features: {}, issues: [] }, "session-doctor");
		expect(alerts(queue.turn())).toEqual([
			"1 of 2 sessions are given tasks: the doctor found that ralph-1 cannot get on",
		]);
		const one = queue.asks();
		queue.asks();
		queue.turn();
		expect(queue.given()).toEqual([`${one}:ralph-2`]);
	});

	test.each([
		["1", 1, "1 of 2 sessions are given tasks, until somebody says otherwise"],
		["0", 0, "0 of 2 sessions are given tasks, until somebody says otherwise"],
		["7", 2, "2 of 2 sessions are given tasks, until somebody says otherwise (2 are configured)"],
		["auto", 2, "how many sessions are given tasks follows from how much of their work lands"],
		["some", 2, '"some" is no number of sessions: 0 to 99, or auto'],
	])("%s is a person's word, and holds: %i are given some", (note, count, message) => {
		queue.says("trigger", { what: "scale", source: "cli", note });
		expect(alerts(queue.turn())).toEqual([message]);
		queue.asks();
		queue.asks();
		queue.turn();
		expect(queue.given()).toHaveLength(count);
	});

	function decided({ bad, good }: { readonly bad: number; readonly good: number }) {
		for (let count = 0; count < bad; count++) queue.cycle("ralph-2", null, "discarded");
		for (let count = 0; count < good; count++)
			queue.says("change_landed", { change: "c", commit: "1", tree: "2", receipt: "3", task: null }, "cto-reviewer");
		return queue.turn();
	}
});

describe("who may begin work of its own is published", () => {
	test.each<[string, Partial<AQueue["patch"]>, string]>([
		["memory is tight", { machine: aMachine(0.9) }, "memory is tight; the mark is 85 %"],
		["it is quiet", { quiet: { from: "11:00", to: "13:00" } }, "quiet hours from 11:00 to 13:00"],
		["nobody can be called", { isServed: false }, "no agent that codes can be called"],
	])("as nobody, while %s", (_what, patch, held) => {
		queue.patch = patch;
		queue.turn();
		expect(queue.mayBegin).toEqual({ held, resting: [] });
		queue.patch = {};
		queue.turn();
		expect(queue.mayBegin).toEqual({ held: null, resting: [] });
	});

	test("as those that are given tasks", () => {
		queue.says("trigger", { what: "scale", source: "cli", note: "1" });
		queue.turn();
		expect(queue.mayBegin).toEqual({ held: null, resting: ["ralph-2"] });
	});
});

test("what is ended leaves after a week, or behind five hundred others; what others wait for stays", () => {
	const ended = (count: number): Task => {
		const changed = new Date(queue.nowMs + count).toISOString();
		return aTask({ id: `x-${count}`, title: `${count}`, status: "done", changed });
	};
	queue.tasks = Array.from({ length: 503 }, (_, count) => ended(count));
	queue.nowMs += minute;
	const waiting = queue.asks({ after: ["x-0"] });
	queue.patch = { isServed: false };
	queue.turn();
	expect(queue.tasks.slice(0, 2).map(({ id }) => id)).toEqual(["x-0", "x-3"]);
	expect(queue.tasks).toHaveLength(502);
	queue.nowMs += 8 * 24 * 60 * minute;
	queue.turn();
	expect(queue.tasks.map(({ id }) => id)).toEqual(["x-0", waiting]);
});

function land(task: string): void {
	const data = { change: "c-1", commit: "0123456789abcdef", tree: "2", receipt: "3", task };
	queue.says("change_landed", data, "cto-reviewer");
}

function begins(session: string, task: string | null, afterMs = 0): void {
	const began = new Date(queue.nowMs + afterMs).toISOString();
	queue.says("cycle_step", { session, cycle: 1, step: "hack", began, task }, session);
}

function pause(kind: "pause" | "stop") {
	return (of: AQueue) => void of.says("paused", { scope: "ralph-1", kind, reason: "a look" });
}

function bounce(of: AQueue): void {
	of.cycle("ralph-1", null, "limited");
}

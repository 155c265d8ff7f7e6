import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Change, ReviewQueue } from "../model/review-queue.ts";
import { aDraft, messages } from "../testing/a-draft.ts";
import { aTask } from "../testing/a-task.ts";
import { startProgram } from "../testing/program.ts";
import { tempDir } from "../testing/temp-dir.ts";
import { notedHead, noteHead } from "./anchor.ts";
import { systemClock } from "./clock.ts";
import { type Floor, openFloor } from "./floor.ts";
import { WorkLoop } from "./work-loop.ts";

const broken: [string, (text: string) => string][] = [
	["is empty", () => ""],
	["ends in the middle", (text) => text.slice(0, text.length / 2)],
	["holds zeros, as a power cut leaves them", (text) => "\0".repeat(text.length)],
	["holds something else", () => "[]"],
	["lost its revision", (text) => text.replace("revision", "version")],
	["has a revision that is no number", (text) => text.replace(/"revision": \d+/, '"revision": "2"')],
];

describe("a queue that cannot be read is kept aside, the last good one is put back, and the log says so: it", () => {
	test.each([
		...broken,
		["holds what no task is, by somebody's hand", (text: string) => text.replace("waiting", "wating")] as const,
	])("%s", async (_how, harm) => {
		const { floor, stateDir, path } = await aFloorWithTwoTasks();
		const harmed = harm(readFileSync(path, "utf8"));
		writeFileSync(path, harmed);
		const { revision, value } = await floor.tasks.read();
		expect(value.tasks.map(({ id }) => id)).toEqual(["t1", "t2"]);
		expect(revision).toBe(3);
		const [aside = ""] = readdirSync(join(stateDir, "aside"));
		expect(readFileSync(join(stateDir, "aside", aside), "utf8")).toBe(harmed);
		await floor.close();
		expect(messages(await floor.log.last(5))).toEqual([
			expect.stringMatching(
				/task-queue\.json (was|had|does).*is kept as .*aside.*the last good one \(revision 2\) was put back/,
			),
		]);
	});

	test.each(broken)("and the last good one %s too, and begins empty", async (_how, harm) => {
		const { floor, stateDir, path } = await aFloorWithTwoTasks();
		for (const one of [path, join(stateDir, "last-good", "task-queue.json")])
			writeFileSync(one, harm(readFileSync(one, "utf8")));
		expect((await floor.tasks.update((queue) => queue)).value.tasks).toEqual([]);
		await floor.close();
		expect(messages(await floor.log.last(5))).toEqual([expect.stringMatching(/no good copy, so it begins empty/)]);
	});

	test("is gone", async () => {
		const { floor, stateDir, path } = await aFloorWithTwoTasks();
		rmSync(path);
		expect((await floor.tasks.update(({ tasks }) => ({ tasks: [...tasks, aTask({ id: "t3" })] }))).revision).toBe(4);
		expect((await floor.tasks.read()).value.tasks.map(({ id }) => id)).toEqual(["t1", "t2", "t3"]);
		expect(readdirSync(join(stateDir, "aside"))).toEqual([]);
		await floor.close();
		expect(messages(await floor.log.last(5))).toEqual([expect.stringMatching(/was gone; the last good one/)]);
	});
});

test.each<[string, string, (floor: ReturnType<typeof openFloor>) => Promise<unknown>]>([
	["a lease", "leases/seat", ({ leases }) => leases.held("seat")],
	["a cursor", "cursors/reviewer", (floor) => aLife(floor)],
	["a noted head", "anchors/log-head", (floor) => notedHead(floor)],
])("%s of a shape that it cannot have is put back by whoever reads it", async (_what, key, read) => {
	const { floor, stateDir } = aFloor();
	await floor.log.append([aDraft()]);
	await floor.leases.hold("seat", { slots: 1, ttlMs: 60_000 });
	await noteHead(floor);
	await aLife(floor);
	const { value } = await floor.records.get(key);
	writeFileSync(join(stateDir, `${key}.json`), JSON.stringify({ revision: 7, value: { shape: "another" } }));
	await read(floor);
	expect((await floor.records.get(key)).value).toEqual(value);
	await floor.close();
	const alerts = messages(await floor.log.last(5, { type: ["alert"] }));
	expect(alerts.at(-1)).toMatch(new RegExp(`${key}\\.json does not fit: .*the last good one .* was put back`));
});

test("a queue that a newer version wrote is refused and left as it is", async () => {
	const { floor, stateDir, path } = await aFloorWithTwoTasks();
	const newer = readFileSync(path, "utf8").replaceAll('"attempts"', '"mood": "good", "attempts"');
	for (const one of [path, join(stateDir, "last-good", "task-queue.json")]) writeFileSync(one, newer);
	const refusal = expect.objectContaining({ code: "bad-record", message: expect.stringMatching(/newer version/) });
	await expect(floor.tasks.read()).rejects.toEqual(refusal);
	await expect(floor.tasks.update(() => ({ tasks: [] }))).rejects.toEqual(refusal);
	expect(readFileSync(path, "utf8")).toBe(newer);
});

test("WAT-04: a file that somebody is saving is looked at again, and nothing is done about it", async () => {
	const { floor, stateDir, path } = await aFloorWithTwoTasks();
	const text = readFileSync(path, "utf8");
	writeFileSync(path, text.slice(0, 20));
	const reading = floor.tasks.read();
	await setTimeout(10);
	writeFileSync(path, text);
	expect((await reading).revision).toBe(2);
	expect(readdirSync(join(stateDir, "aside"))).toEqual([]);
	expect(await floor.log.last(5)).toEqual([]);
});

test("QUE-02: updates from several processes at once are all kept", async () => {
	const { floor, stateDir } = aFloor();
	const counters = Array.from({ length: 4 }, () => startProgram("count.mjs", [stateDir, "25"]));
	const ends = await Promise.all(counters.map((counter) => counter.ended));
	expect(ends).toEqual(counters.map(() => ({ code: 0, signal: null })));
	expect(await floor.records.get("counter")).toEqual({ revision: 100, value: { count: 100 } });
});

test.each<[string, (queue: ReviewQueue) => ReviewQueue, RegExp]>([
	["a change that stands twice", add(aChange()), /c1 stands in the queue twice/],
	["a change of no known status", move("c1", "merged" as never), /changes\.0\.status/],
	["a landed change that goes back to pending", move("c2", "pending"), /c2 cannot go from landed to pending/],
	["a change that skips its review", move("c1", "landed"), /c1 cannot go from pending to landed/],
	["a change that vanishes undecided", () => ({ changes: [] }), /c1 is pending: only what is decided may leave/],
])("QUE-04: %s is refused, and the queue stays as it is", async (_what, change, why) => {
	const { floor } = aFloor();
	await floor.reviews.update(add(aChange()));
	await floor.reviews.update(add(aChange({ id: "c2" })));
	for (const status of ["reviewing", "approved", "landing", "landed"] as const)
		await floor.reviews.update(move("c2", status));
	const before = await floor.reviews.read();
	await expect(floor.reviews.update(change)).rejects.toThrow(why);
	expect(await floor.reviews.read()).toEqual(before);
});

test("QUE-07: a queue of ten thousand is updated like any other", async () => {
	const { floor } = aFloor();
	const tasks = Array.from({ length: 10_000 }, (_, index) => aTask({ id: `t${index}` }));
	await floor.tasks.update(() => ({ tasks }));
	await floor.tasks.update((queue) => ({ tasks: queue.tasks.with(5_000, { ...aTask({ id: "t5000" }), priority: 0 }) }));
	const { revision, value } = await floor.tasks.read();
	expect([revision, value.tasks.length, value.tasks[5_000]?.priority]).toEqual([2, 10_000, 0]);
	await expect(floor.tasks.update(() => ({ tasks: [...tasks, aTask({ id: "more" })] }))).rejects.toMatchObject({
		code: "bad-record",
	});
});

function aFloor() {
	const stateDir = tempDir();
	const floor = openFloor({ stateDir });
	onTestFinished(() => floor.close());
	return { floor, stateDir };
}

/** One turn of a process, and what it notes of it. */
async function aLife(floor: Floor): Promise<void> {
	const end = new AbortController();
	const turn = async () => end.abort();
	// The second life has nothing to do, and would wait for the rest of the day.
	if ((await floor.records.get("cursors/reviewer")).value !== undefined) end.abort();
	await new WorkLoop(floor, systemClock, { name: "reviewer", every: "1d", heartbeatMs: 60_000, turn }).run(end.signal);
}

async function aFloorWithTwoTasks() {
	const { floor, stateDir } = aFloor();
	for (const id of ["t1", "t2"]) await floor.tasks.update(({ tasks }) => ({ tasks: [...tasks, aTask({ id })] }));
	return { floor, stateDir, path: join(stateDir, "task-queue.json") };
}

function aChange(patch: Partial<Change> = {}): Change {
	return {
		id: "c1",
		status: "pending",
		session: "ralph-1",
		task: null,
		branch: "brl/ralph-1/1",
		commit: "c0ffee",
		base: "ba5e",
		title: "repair the parser",
		created: "2026-01-31T08:00:00.000Z",
		changed: "2026-01-31T08:00:00.000Z",
		attempts: 0,
		reasons: [],
		...patch,
	};
}

function add(change: Change) {
	return (queue: ReviewQueue): ReviewQueue => ({ changes: [...queue.changes, change] });
}

function move(id: string, status: Change["status"]) {
	return (queue: ReviewQueue): ReviewQueue => ({
		changes: queue.changes.map((change) => (change.id === id ? { ...change, status } : change)),
	});
}

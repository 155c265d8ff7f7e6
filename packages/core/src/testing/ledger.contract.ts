/** What every ledger keeps to. */
import { describe, expect, test } from "vitest";
import type { Ledger } from "../io/ledger.ts";
import type { Task, TaskQueue } from "../model/task-queue.ts";
import { first } from "./a-draft.ts";
import { aTask } from "./a-task.ts";

export function ledgerContract(name: string, make: () => Promise<Ledger<TaskQueue>>): void {
	describe(`${name} keeps the ledger's contract`, () => {
		test("it begins empty, and every change raises the revision by one", async () => {
			const tasks = await make();
			expect(await tasks.read()).toEqual({ revision: 0, value: { tasks: [] } });
			expect((await tasks.update(add(aTask({ id: "t1" })))).revision).toBe(1);
			const { revision, value } = await tasks.read();
			expect([revision, value.tasks.map(({ id }) => id)]).toEqual([1, ["t1"]]);
		});

		test("a change that changes nothing writes nothing", async () => {
			const tasks = await make();
			await tasks.update(add(aTask({ id: "t1" })));
			expect((await tasks.update((queue) => queue)).revision).toBe(1);
		});

		test("changes of the same moment are all kept", async () => {
			const tasks = await make();
			await Promise.all(Array.from({ length: 20 }, (_, i) => tasks.update(add(aTask({ id: `t${i}` })))));
			const { revision, value } = await tasks.read();
			expect([revision, value.tasks.length]).toEqual([20, 20]);
		});

		test.each<[string, (queue: TaskQueue) => TaskQueue, RegExp]>([
			["an id that stands twice", add(aTask({ id: "t1" })), /t1 stands in the queue twice/],
			["a task that begins in the middle", add(aTask({ id: "t2", status: "assigned" })), /must begin as waiting/],
			["a status that nobody knows", set("t1", { status: "lost" as never }), /status/],
			["an unlawful move", set("t1", { status: "done" }), /cannot go from waiting to done/],
			["a task that leaves undecided", () => ({ tasks: [] }), /only what is decided may leave/],
			["a value of the wrong shape", () => ({ tasks: "none" }) as never, /tasks/],
		])("%s is refused and changes nothing", async (_what, change, message) => {
			const tasks = await make();
			await tasks.update(add(aTask({ id: "t1" })));
			await expect(tasks.update(change)).rejects.toThrow(message);
			expect((await tasks.read()).revision).toBe(1);
		});

		test("what was read is the reader's own: changing it changes nothing", async () => {
			const tasks = await make();
			await tasks.update(add(aTask({ id: "t1" })));
			for (const { value } of [await tasks.read(), await tasks.update((queue) => queue)])
				(value.tasks[0] as { title: string }).title = "another";
			expect((await tasks.read()).value.tasks[0]?.title).toBe(aTask().title);
		});

		test("an error in the change is the caller's, and changes nothing", async () => {
			const tasks = await make();
			await expect(
				tasks.update(() => {
					throw new Error("mine");
				}),
			).rejects.toThrow("mine");
			expect((await tasks.read()).revision).toBe(0);
		});

		test("a decided task goes nowhere, and may leave", async () => {
			const tasks = await make();
			await tasks.update(add(aTask({ id: "t1" })));
			await tasks.update(set("t1", { status: "cancelled" }));
			await expect(tasks.update(set("t1", { status: "waiting" }))).rejects.toThrow(/cannot go from cancelled/);
			expect((await tasks.update(() => ({ tasks: [] }))).value.tasks).toEqual([]);
		});

		test("a watcher sees the present value and then the newest", async () => {
			const tasks = await make();
			await tasks.update(add(aTask({ id: "t1" })));
			const stop = new AbortController();
			const seen = first(tasks.changes(stop.signal), 2);
			await tasks.update(add(aTask({ id: "t2" })));
			const last = (await seen).at(-1);
			expect(last?.value.tasks.map(({ id }) => id)).toEqual(["t1", "t2"]);
			stop.abort();
		});
	});
}

function add(task: Task) {
	return (queue: TaskQueue): TaskQueue => ({ tasks: [...queue.tasks, task] });
}

function set(id: string, patch: Partial<Task>) {
	return (queue: TaskQueue): TaskQueue => ({
		tasks: queue.tasks.map((task) => (task.id === id ? { ...task, ...patch } : task)),
	});
}

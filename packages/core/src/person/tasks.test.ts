import { expect, test } from "vitest";
import type { Task } from "../model/task-queue.ts";
import { draftOf } from "../testing/a-draft.ts";
import { aTask } from "../testing/a-task.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { memoryFloor } from "../testing/memory-floor.ts";
import type { Person } from "./asking/person.ts";
import { orderTask, readQueue, readTask, requestTask } from "./tasks.ts";

const ana: Person = { by: "http:ci", source: "http" };

test("a task is asked for once under an id, and is called after its entry", async () => {
	const floor = memoryFloor(fakeClock());
	const once = { ...ana, id: "http:ci:1" };
	const request = { title: "mend the parser", source: "http", files: ["src/parser.ts"] };
	expect(await requestTask(floor, once, request)).toMatchObject({ kind: "asked", task: "t-1" });
	expect(
		await requestTask(floor, once, { files: ["src/parser.ts"], source: "http", title: "mend the parser" }),
	).toMatchObject({
		kind: "asked",
		task: "t-1",
	});
	expect(await requestTask(floor, once, { ...request, title: "another" })).toMatchObject({
		kind: "id-taken",
		entry: { seq: 1 },
	});
	expect(await readQueue(floor)).toMatchObject({ tasks: [], asked: [{ id: "t-1", title: "mend the parser" }] });
	expect(await readTask(floor, "1")).toMatchObject({ id: "t-1", task: null, request: { by: "http:ci" } });
	expect(await readTask(floor, "t-2")).toBeUndefined();
	expect(await readTask(floor, "parser")).toBeUndefined();
});

test("an order that makes no sense is refused with the task and the reason, and nothing is written", async () => {
	const floor = await aFloorWith(
		aTask({ id: "t-1", status: "done" }),
		aTask({ id: "t-2", status: "assigned", session: "ralph-1" }),
		aTask({ id: "t-3", status: "pushed" }),
		aTask({ id: "t-4" }),
		aTask({ id: "t-5", attempts: 1 }),
	);
	const because = async (order: "retry" | "cancel", task: string) => {
		const ordered = await orderTask(floor, ana, { task, order });
		return ordered.kind === "senseless" ? ordered.because : ordered.kind;
	};
	expect(await because("cancel", "t-1")).toBe("ended");
	expect(await because("retry", "t-1")).toBe("ended");
	expect(await because("retry", "t-2")).toBe("being-worked-on");
	expect(await because("retry", "t-3")).toBe("in-review");
	expect(await because("retry", "4")).toBe("untried");
	expect(await because("cancel", "t-9")).toBe("unknown-task");
	expect(await floor.log.last(1)).toEqual([]);
	expect(await because("retry", "t-5")).toBe("ordered");
});

test("an order that was obeyed meanwhile is answered as it was the first time, under its id", async () => {
	const floor = await aFloorWith(aTask({ id: "t-1" }));
	const once = { ...ana, id: "telegram:7" };
	const order = { task: "t-1", order: "cancel", reason: "done by hand" } as const;
	const ordered = await orderTask(floor, once, order);
	expect(ordered).toMatchObject({ kind: "ordered", task: "t-1" });
	await floor.records.update("task-queue", () => ({ tasks: [aTask({ id: "t-1", status: "cancelled" })] }));
	await floor.log.append([draftOf("task_settled", { task: "t-1", outcome: "cancelled", reason: "a person" })]);
	expect(await orderTask(floor, once, order)).toEqual(ordered);
	expect(await orderTask(floor, once, { ...order, order: "retry" })).toMatchObject({ kind: "id-taken" });
	expect(await orderTask(floor, ana, order)).toMatchObject({ kind: "senseless", because: "ended" });
	expect(await floor.log.last(10, { type: ["task_order"] })).toHaveLength(1);
});

async function aFloorWith(...tasks: readonly Task[]) {
	const floor = memoryFloor(fakeClock());
	await floor.records.update("task-queue", () => ({ tasks }));
	return floor;
}

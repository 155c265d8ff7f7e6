import { expect, test } from "vitest";
import { draftOf, fakeClock, memoryFloor } from "../testing/index.ts";
import { cursorOf, type Reader } from "./cursor.ts";
import type { Floor } from "./floor.ts";
import { passOver } from "./pass-over.ts";

const name = "reviewer-1";
const reader: Reader = { name, wakes: ({ type }) => type === "trigger" || type === "task_assigned" };

test("QUE-10: what waited when the process parked is answered and told; what came later still waits", async () => {
	const floor = await aParkedReader([aTrigger, aTask]);
	const [later] = await floor.log.append([aTrigger]);
	await passOver(floor, reader);
	expect(await answers(floor)).toEqual([{ trigger: 1, outcome: "failed", detail: expect.stringContaining(name) }]);
	expect(await told(floor)).toEqual([
		"reviewer-1 crashed again and again until it was parked. What waited for it then may be why, and is passed over: entry 1 (trigger by cli:me), entry 2 (task_assigned by scheduler). Ask again for what is still wanted.",
	]);
	expect(await handled(floor)).toBe(2);
	expect(later?.seq).toBeGreaterThan(2);
});

test("a life that dies in the middle of it leaves the same to the next, and nothing is said twice", async () => {
	const floor = await aParkedReader([aTrigger, aTrigger]);
	for (const part of ["log", "records"] as const) {
		await expect(passOver(endingAt(floor, part), reader)).rejects.toThrow("killed");
		expect(await handled(floor)).toBe(0);
	}
	for (let life = 0; life < 2; life++) await passOver(floor, reader);
	expect((await answers(floor)).map(({ trigger }) => trigger)).toEqual([1, 2]);
	expect(await told(floor)).toHaveLength(1);
	expect(await handled(floor)).toBe(2);
});

test("a process that parked while nothing waited for it has nothing to tell", async () => {
	const floor = await aParkedReader([]);
	await passOver(floor, reader);
	expect(await told(floor)).toEqual([]);
	expect(await handled(floor)).toBe(0);
});

test("no more is passed over than a turn is given, and the alert names the first of them", async () => {
	const floor = await aParkedReader(Array.from({ length: 501 }, () => aTrigger));
	await passOver(floor, reader);
	expect(await answers(floor)).toHaveLength(500);
	expect((await told(floor))[0]).toMatch(/entry 10 \(trigger by cli:me\) and 490 more\. /);
	expect(await handled(floor)).toBe(500);
});

const aTrigger = draftOf("trigger", { what: "review", source: "test" }, "cli:me");
const aTask = draftOf("task_assigned", { task: "t-1", session: name }, "scheduler");

/** With a cursor in front of what waits, and the park behind it. */
async function aParkedReader(waiting: readonly (typeof aTrigger | typeof aTask)[]): Promise<Floor> {
	const floor = memoryFloor(fakeClock());
	await cursorOf(floor.records, name).update(() => ({ handled: 0, turnedAt: 0 }));
	await floor.log.append(waiting);
	await floor.log.append([draftOf("process_parked", { pid: 7, crashes: 5, windowMs: 1, reason: "five" }, name)]);
	return floor;
}

/** The same floor for one that dies as soon as it writes there. */
function endingAt({ log, records }: Floor, part: "log" | "records"): Pick<Floor, "log" | "records"> {
	const dies = () => Promise.reject(new Error("killed"));
	const write = part === "log" ? "append" : "update";
	const ending = new Proxy(part === "log" ? log : records, {
		get: (target, key) => (key === write ? dies : Reflect.get(target, key).bind(target)),
	});
	return { log, records, [part]: ending };
}

async function answers(floor: Floor) {
	const entries = await floor.log.last(1_000, { type: ["trigger_done"] });
	return entries.flatMap((entry) => (entry.type === "trigger_done" ? [entry.data] : []));
}

async function told(floor: Floor): Promise<string[]> {
	const entries = await floor.log.last(1_000, { type: ["alert"] });
	return entries.flatMap((entry) => (entry.type === "alert" ? [entry.data.message] : []));
}

async function handled(floor: Floor): Promise<number | undefined> {
	return (await cursorOf(floor.records, name).read()).value?.handled;
}

import { expect, test } from "vitest";
import { draftOf } from "../testing/a-draft.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { memoryFloor } from "../testing/memory-floor.ts";
import type { Person } from "./asking/person.ts";
import { readTrigger, trigger } from "./triggers.ts";

const ci: Person = { by: "http:ci", source: "http" };
const beat = (doing: string) => draftOf("heartbeat", { pid: 1, doing, handled: 0 }, "cto-reviewer");

test("a trigger is one entry, however often it is asked for under its id", async () => {
	const floor = memoryFloor(fakeClock());
	const once = { ...ci, id: "http:ci:1" };
	const asked = await trigger(floor, once, { what: "cycle", subject: "ralph-1", note: "now" });
	expect(asked.entry).toMatchObject({
		by: "http:ci",
		data: { what: "cycle", source: "http", subject: "ralph-1", note: "now" },
	});
	expect(await trigger(floor, once, { what: "cycle", subject: "ralph-1", note: "now" })).toEqual(asked);
	expect(await trigger(floor, once, { what: "review" })).toMatchObject({ kind: "id-taken" });
	expect(await floor.log.last(10)).toHaveLength(1);
});

test("it can be followed: accepted, running, and how it ended with what was done", async () => {
	const floor = memoryFloor(fakeClock());
	const { entry } = await trigger(floor, ci, { what: "review" });
	const story = () => readTrigger(floor, entry.seq);
	expect(await story()).toEqual({
		seq: 1,
		what: "review",
		subject: null,
		note: null,
		by: "http:ci",
		source: "http",
		at: entry.ts,
		state: "accepted",
		doing: null,
		detail: null,
		ended: null,
		happened: [],
	});
	await floor.log.append([beat("waiting"), draftOf("alert", alert, "scheduler")]);
	expect(await story()).toMatchObject({ state: "accepted", doing: "waiting" });
	await floor.log.append([beat("reading c-1")]);
	expect(await story()).toMatchObject({ state: "running", doing: "reading c-1" });
	await floor.log.append([
		draftOf("change_rejected", { change: "c-1", reasons: ["two things"] }, "cto-reviewer"),
		draftOf("trigger_done", { trigger: 1, outcome: "done", detail: "1 rejected" }, "cto-reviewer"),
		draftOf("alert", alert, "cto-reviewer"),
	]);
	expect(await story()).toMatchObject({
		state: "done",
		doing: null,
		detail: "1 rejected",
		ended: entry.ts,
		happened: [{ type: "change_rejected" }],
	});
});

test("a process that dies in the middle begins anew", async () => {
	const floor = memoryFloor(fakeClock());
	await trigger(floor, ci, { what: "review" });
	await floor.log.append([
		beat("reading c-1"),
		draftOf("process_started", { pid: 2, node: "v20", after: "crash", crashes: 1 }, "cto-reviewer"),
	]);
	expect(await readTrigger(floor, 1)).toMatchObject({ state: "accepted", doing: null });
});

test("no number of a trigger has no story, and what nobody answers stays accepted", async () => {
	const floor = memoryFloor(fakeClock());
	await trigger(floor, ci, { what: "dance" });
	await floor.log.append([beat("reading c-1")]);
	for (const seq of [0, 2, 3]) expect(await readTrigger(floor, seq)).toBeUndefined();
	expect(await readTrigger(floor, 1)).toMatchObject({ what: "dance", state: "accepted" });
});

const alert = { code: "test", severity: "note", message: "something" } as const;

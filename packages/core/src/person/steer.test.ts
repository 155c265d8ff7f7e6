import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { currentState, isAlive } from "../io/index.ts";
import { unconfigured } from "../model/config.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { memoryFloor } from "../testing/memory-floor.ts";
import { needs } from "../testing/needs.ts";
import { startProgram } from "../testing/program.ts";
import { tempDir } from "../testing/temp-dir.ts";
import type { Person } from "./asking/person.ts";
import { hold, resume } from "./steer.ts";

const ana: Person = { by: "telegram:4711", source: "telegram" };
const config = unconfigured();
const lunch = { kind: "pause", scope: "all", reason: "lunch" } as const;

test("what holds already is said, with who said it, and not written again", async () => {
	const floor = aFloor();
	expect(await hold(floor, ana, lunch, config)).toMatchObject({ kind: "held", unended: null });
	expect(await hold(floor, ana, { ...lunch, reason: "late" }, config)).toMatchObject({
		kind: "already",
		standing: { by: ana.by, reason: "lunch" },
	});
	expect(await hold(floor, ana, { ...lunch, kind: "stop" }, config)).toMatchObject({ kind: "held" });
	expect(await hold(floor, ana, lunch, config)).toMatchObject({ kind: "already", standing: { kind: "stop" } });
	expect(await floor.log.last(10)).toHaveLength(2);
});

test("what cannot be paused is refused with what can", async () => {
	const floor = aFloor();
	const known = expect.arrayContaining(["all", "budget", "scheduler", "coder"]);
	for (const scope of ["everything", "constructor"]) {
		expect(await hold(floor, ana, { ...lunch, scope }, config)).toEqual({ kind: "unknown-scope", known });
		expect(await resume(floor, ana, { scope }, undefined)).toMatchObject({ kind: "unknown-scope" });
	}
	expect(await floor.log.last(1)).toEqual([]);
});

test("who resumes hears what was lifted and what still holds", async () => {
	const floor = aFloor();
	await hold(floor, ana, lunch, config);
	await hold(floor, ana, { ...lunch, scope: "coder" }, config);
	expect(await resume(floor, ana, { scope: "all", reason: "back" }, config)).toMatchObject({
		kind: "resumed",
		lifted: { reason: "lunch" },
		left: [{ scope: "coder", kind: "pause" }],
	});
	expect(await resume(floor, ana, { scope: "all" }, config)).toEqual({
		kind: "not-held",
		left: [{ scope: "coder", kind: "pause" }],
	});
});

test("asked again under the same id, it is answered as it was the first time, and nothing is written", async () => {
	const floor = aFloor();
	const once = { ...ana, id: "telegram:1" };
	const then = { ...ana, id: "telegram:2" };
	const until = (hour: number) => ({ until: `2026-01-31T${hour}:00:00.000Z` });
	const held = await hold(floor, once, { ...lunch, ...until(10) }, config);
	// Two hours from now is another instant by then.
	expect(await hold(floor, once, { ...lunch, ...until(11) }, config)).toEqual(held);
	const resumed = await resume(floor, then, { scope: "all" }, config);
	expect(resumed).toMatchObject({ kind: "resumed", lifted: { reason: "lunch" } });
	expect(await resume(floor, then, { scope: "all" }, config)).toEqual(resumed);
	// It was paused and resumed since; the pause is not asked for anew.
	expect(await hold(floor, once, { ...lunch, ...until(10) }, config)).toEqual(held);
	expect((await currentState(floor)).steering.pauses).toEqual({});
	expect(await floor.log.last(10)).toHaveLength(2);
});

test("something else under an id that was used is told apart", async () => {
	const floor = aFloor();
	const once = { ...ana, id: "http:ci:1" };
	await hold(floor, once, lunch, config);
	const taken = { kind: "id-taken", entry: { type: "paused", data: { scope: "all" } } };
	expect(await hold(floor, once, { ...lunch, scope: "coder" }, config)).toMatchObject(taken);
	expect(await hold(floor, once, { ...lunch, scope: "nothing" }, config)).toMatchObject(taken);
	expect(await resume(floor, once, { scope: "all" }, config)).toMatchObject(taken);
	expect(await hold(floor, { ...once, by: "http:other" }, lunch, config)).toMatchObject(taken);
	expect(await floor.log.last(10)).toHaveLength(1);
	const night = { kind: "stop", scope: "coder", reason: "night" } as const;
	await hold(floor, { ...ana, id: "http:ci:2" }, night, config);
	// What it asks for holds, and was not what was asked for under it.
	expect(await hold(floor, { ...ana, id: "http:ci:2" }, lunch, config)).toMatchObject({ kind: "id-taken" });
});

test("a stop ends what dead processes left running, though whoever does that otherwise is held by it", async (context) => {
	needs(context, "linux");
	const floor = aFloor();
	const dir = join(floor.stateDir, "runs");
	mkdirSync(dir);
	const owner = startProgram("start-child.mjs", [dir, "/bin/sh", "-c", "echo $$ >&2; exec sleep 500"]);
	const left = Number(/\d+/.exec(await owner.says(/^said/))?.[0]);
	owner.kill();
	await owner.ended;
	await hold(floor, ana, lunch, config);
	expect(isAlive(left)).toBe(true);
	expect(await hold(floor, ana, { ...lunch, kind: "stop" }, config)).toMatchObject({ kind: "held", unended: null });
	expect(isAlive(left)).toBe(false);
});

function aFloor() {
	return { ...memoryFloor(fakeClock()), stateDir: tempDir() };
}

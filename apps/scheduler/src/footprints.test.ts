import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { emptyState, type FactoryState, unconfigured } from "@shopfloor/core";
import { findPlaces, openFloor, runMark, runVariable, uniqueName, type World } from "@shopfloor/core/io";
import { fakeClock, needs, tempDir } from "@shopfloor/core/testing";
import { expect, onTestFinished, test } from "vitest";
import { footprintOf, withSeen } from "./footprints.ts";
import { lookAtFootprints, readFootprints } from "./look-at-footprints.ts";

const hour = 60 * 60_000;

test("the most of a day is kept, by role; a person's own run says nothing", () => {
	const first = withSeen({}, { "ralph-1": 10, "ralph-2": 30, "cto-reviewer": 5, ana: 99 }, 0);
	expect(first).toEqual({ coder: { bytes: 30, atMs: 0 }, reviewer: { bytes: 5, atMs: 0 } });
	expect(withSeen(first, { "ralph-1": 20 }, hour)).toEqual(first);
	expect(withSeen(first, { "ralph-1": 40 }, hour)).toMatchObject({ coder: { bytes: 40, atMs: hour } });
	expect(withSeen(first, { "ralph-1": 20 }, 24 * hour)).toEqual({ coder: { bytes: 20, atMs: 24 * hour } });
	expect(footprintOf(first, "coder", 23 * hour)).toBe(30);
	expect(footprintOf(first, "coder", 24 * hour)).toBe(0);
	expect(footprintOf(first, "planner", 0)).toBe(0);
});

test("what runs in a session's room is seen, while somebody works", async (context) => {
	needs(context, "linux");
	const stateDir = tempDir();
	const floor = openFloor({ stateDir });
	onTestFinished(() => floor.close());
	const run = join(stateDir, "rooms", "ralph-1", "claude", "runs", "1");
	mkdirSync(run, { recursive: true });
	const env = { PATH: process.env["PATH"], [runVariable]: runMark(uniqueName(), run) };
	const child = spawn("sleep", ["500"], { env });
	onTestFinished(() => void child.kill("SIGKILL"));
	await new Promise((resolve) => child.once("spawn", resolve));
	const clock = fakeClock();
	const config = unconfigured();
	const world: World = { name: "scheduler", config, floor, clock, places: findPlaces({}), heartbeatMs: 1 };
	await lookAtFootprints(world, emptyState);
	expect(await readFootprints(world)).toEqual({});
	const cycle = { cycle: 1, step: "hack", began: "", task: null, at: "", seq: 1 } as const;
	const atWork: FactoryState = { ...emptyState, work: { ...emptyState.work, cycles: { "ralph-1": cycle } } };
	await expect
		.poll(async () => {
			await lookAtFootprints(world, atWork);
			return footprintOf(await readFootprints(world), "coder", clock.now());
		})
		.toBeGreaterThan(0);
});

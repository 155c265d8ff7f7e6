import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { emptyState, type FactoryState, unconfigured } from "@shopfloor/core";
import { findPlaces, openFloor, runMark, runVariable, uniqueName, type World } from "@shopfloor/core/io";
import { fakeClock, needs, tempDir } from "@shopfloor/core/testing";
import { expect, onTestFinished, test } from "vitest";
import { footprintOf, type SeenRun, withSeen } from "./footprints.ts";
import { lookAtFootprints, readFootprints } from "./look-at-footprints.ts";

const hour = 60 * 60_000;

test("the most of each run is kept for a day, by role; a person's own run says nothing", () => {
	const first = withSeen(
		{},
		[ran("ralph-1/a", 10), ran("ralph-2/b", 30), ran("cto-reviewer/c", 5), ran("ana/d", 99)],
		0,
	);
	expect(footprintOf(first, "coder", 0)).toBe(30);
	expect(footprintOf(first, "reviewer", 0)).toBe(5);
	expect(Object.keys(first)).toEqual(["coder", "reviewer"]);
	expect(withSeen(first, [ran("ralph-2/b", 20)], hour)).toEqual(first);
	const more = withSeen(first, [ran("ralph-2/b", 40)], hour);
	expect(footprintOf(more, "coder", hour)).toBe(40);
	expect(footprintOf(more, "coder", 24 * hour)).toBe(40);
	expect(footprintOf(more, "coder", 25 * hour)).toBe(0);
	expect(withSeen(more, [], 25 * hour)).toEqual({});
	expect(footprintOf(more, "planner", 0)).toBe(0);
});

test("a single run that took many times what others do counts until there are others, and no longer", () => {
	let seen = withSeen({}, [ran("ralph-1/freak", 900)], 0);
	expect(footprintOf(seen, "coder", 0)).toBe(900);
	for (const [at, run] of ["ralph-1/a", "ralph-1/b"].entries()) seen = withSeen(seen, [ran(run, 10 + at)], at);
	expect(footprintOf(seen, "coder", 2)).toBe(11);
	seen = withSeen(seen, [ran("ralph-2/c", 800)], 3);
	expect(footprintOf(seen, "coder", 3), "twice is no chance").toBe(800);
	for (let run = 0; run < 19; run++) seen = withSeen(seen, [ran(`ralph-1/${run}`, 10)], 4);
	expect(footprintOf(seen, "coder", 4), "of the last twenty runs").toBe(10);
	expect(seen["coder"]).toHaveLength(20);
});

test("what an earlier version noted says nothing", () => {
	const before = { coder: { bytes: 900, atMs: 0 } } as never;
	expect(footprintOf(before, "coder", 0)).toBe(0);
	expect(withSeen(before, [ran("ralph-1/a", 10)], 0)).toMatchObject({ coder: [{ bytes: 10 }] });
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

function ran(run: string, bytes: number): SeenRun {
	return { run, session: run.split("/")[0] ?? "", bytes };
}

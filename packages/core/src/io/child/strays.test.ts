import { expect, test } from "vitest";
import { needs } from "../../testing/needs.ts";
import { startProgram } from "../../testing/program.ts";
import { tempDir } from "../../testing/temp-dir.ts";
import { isAlive } from "../process-identity.ts";
import { endLeftRuns, findLeftRuns, type LeftRun } from "./strays.ts";

test("what a killed owner's run left is found by its name, and ended; a living owner's is left alone", async (context) => {
	needs(context, "linux");
	const script = "setsid sh -c 'echo $$ >&2; exec sleep 500' & exec sleep 500";
	const dead = startProgram("start-child.mjs", [tempDir(), "/bin/sh", "-c", script]);
	const living = startProgram("start-child.mjs", [tempDir(), "/bin/sh", "-c", script]);
	const stray = strayOf(await dead.says(/^said/));
	const kept = strayOf(await living.says(/^said/));
	expect(pidsOf(findLeftRuns())).not.toContain(stray);

	dead.kill();
	await dead.ended;
	expect(isAlive(stray)).toBe(true);
	expect(pidsOf(findLeftRuns())).toContain(stray);
	expect(pidsOf(findLeftRuns())).not.toContain(kept);

	expect(pidsOf(await endLeftRuns())).toContain(stray);
	expect(isAlive(stray)).toBe(false);
	expect(isAlive(kept)).toBe(true);
	living.kill();
	await living.ended;
	await endLeftRuns();
	expect(isAlive(kept)).toBe(false);
});

function strayOf(line: string): number {
	return Number(/\d+/.exec(line)?.[0]);
}

function pidsOf(runs: readonly LeftRun[]): number[] {
	return runs.flatMap(({ processes }) => processes.map(({ pid }) => pid));
}

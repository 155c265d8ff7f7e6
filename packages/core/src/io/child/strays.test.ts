import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { aMark, running } from "../../testing/marked-sleep.ts";
import { needs } from "../../testing/needs.ts";
import { startProgram, until } from "../../testing/program.ts";
import { tempDir } from "../../testing/temp-dir.ts";
import { isAlive } from "../process-identity.ts";
import { sandboxAvailable, unshareAvailable } from "./choose-runner.ts";
import { endLeftRuns, findLeftRuns, type LeftRun } from "./strays.ts";

test("what a killed owner's run left is found by its name, and ended; a living owner's is left alone", async (context) => {
	needs(context, "linux");
	const script = "setsid sh -c 'echo $$ >&2; exec sleep 500' & exec sleep 500";
	const [ours, theirs] = [tempDir(), tempDir()];
	const [one, other] = [join(ours, "one"), join(ours, "other")];
	for (const dir of [one, other]) mkdirSync(dir);
	const dead = startProgram("start-child.mjs", [one, "/bin/sh", "-c", script]);
	const living = startProgram("start-child.mjs", [other, "/bin/sh", "-c", script]);
	const stray = strayOf(await dead.says(/^said/));
	const kept = strayOf(await living.says(/^said/));
	expect(pidsOf(findLeftRuns(ours))).toEqual([]);

	dead.kill();
	await dead.ended;
	expect(isAlive(stray)).toBe(true);
	expect(pidsOf(findLeftRuns(ours))).toContain(stray);
	expect(pidsOf(findLeftRuns(ours))).not.toContain(kept);
	// Another factory's sweep is not ours, nor that of one whose name begins like ours.
	expect(await endLeftRuns(theirs)).toEqual([]);
	expect(await endLeftRuns(ours.slice(0, -1))).toEqual([]);

	expect(pidsOf(await endLeftRuns(ours))).toContain(stray);
	expect(isAlive(stray)).toBe(false);
	expect(isAlive(kept)).toBe(true);
	living.kill();
	await living.ended;
	await endLeftRuns(ours);
	expect(isAlive(kept)).toBe(false);
});

describe.for([
	{ runner: "bubblewrap", available: sandboxAvailable },
	{ runner: "unshare", available: unshareAvailable },
])("of a run in a sandbox by $runner", ({ runner, available }) => {
	test("nothing outlives its killed owner, whatever it did to get away", async (context) => {
		const probe = await available();
		if (probe.kind === "missing") context.skip(probe.why);
		const mark = aMark();
		const cwd = tempDir();
		const owner = startProgram("start-in-sandbox.mjs", [runner, cwd, "/bin/sh", "-c", gettingAway(mark)]);
		await until(() => running(mark).length === 5);
		owner.kill();
		await owner.ended;
		// The kernel does it: nobody looks, and nobody is asked.
		await until(() => running(mark).length === 0);
		expect(findLeftRuns(cwd)).toEqual([]);
	});
});

test("without a sandbox what cleared its environment is found by its kin, and ended", async (context) => {
	needs(context, "linux");
	const mark = aMark();
	const cwd = tempDir();
	const owner = startProgram("start-child.mjs", [cwd, "/bin/sh", "-c", `${gettingAway(mark)}; echo on`]);
	await until(() => running(mark).length === 5);
	owner.kill();
	await owner.ended;
	const found = pidsOf(findLeftRuns(cwd));
	const away = running(mark).filter((pid) => !found.includes(pid));
	await endLeftRuns(cwd);
	expect(running(mark)).toEqual(away);
	// That one has neither our name, nor kin, nor a session with one: only a sandbox holds it.
	expect(away).toHaveLength(1);
	for (const pid of away) process.kill(pid, "SIGKILL");
});

/** In the background, in a session of its own, without our environment, and all of that as an orphan. */
function gettingAway(mark: string): string {
	return [
		`sleep ${mark} &`,
		`setsid sh -c 'sleep ${mark} & wait' &`,
		`env -i sleep ${mark} &`,
		`env -i sh -c 'sleep ${mark} &'`,
		`env -i setsid sh -c 'sleep ${mark} &'`,
		"wait",
	].join("\n");
}

function strayOf(line: string): number {
	return Number(/\d+/.exec(line)?.[0]);
}

function pidsOf(runs: readonly LeftRun[]): number[] {
	return runs.flatMap(({ processes }) => processes.map(({ pid }) => pid));
}

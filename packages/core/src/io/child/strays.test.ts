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
		expect(findLeftRuns().flatMap(({ run }) => (run.startsWith(`${owner.pid}-`) ? [run] : []))).toEqual([]);
	});
});

test("without a sandbox what cleared its environment is found by its kin, and ended", async (context) => {
	needs(context, "linux");
	const mark = aMark();
	const owner = startProgram("start-child.mjs", [tempDir(), "/bin/sh", "-c", `${gettingAway(mark)}; echo on`]);
	await until(() => running(mark).length === 5);
	owner.kill();
	await owner.ended;
	const found = pidsOf(findLeftRuns());
	const away = running(mark).filter((pid) => !found.includes(pid));
	await endLeftRuns();
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

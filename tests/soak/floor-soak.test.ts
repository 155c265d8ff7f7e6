/** A short soak on every run. `.ci/run` soaks once more, alone; `node tests/soak/floor-soak.mjs --seconds 600` for longer. */
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const soakProgram = fileURLToPath(new URL("floor-soak.mjs", import.meta.url));
const seconds = 4;
const timeout = 120_000;

test("LOG-01, I1, I4: killed at random, writers lose no acknowledged entry and no update", { timeout }, async () => {
	const soak = spawn(process.execPath, [soakProgram, `--seconds=${seconds}`]);
	const [said, complaints] = await Promise.all([text(soak.stdout), text(soak.stderr)]);
	// The figures, and the seeds to play it again, for whoever reads the run.
	process.stdout.write(said);
	const faults = said.split("\n").filter((line) => line.startsWith("  "));
	expect({ faults, complaints }).toEqual({ faults: [], complaints: "" });
	const measured = JSON.parse(/^log (.*)$/m.exec(said)?.[1] ?? "{}");
	// How many is asked where nothing else runs; that some are is asked here.
	expect(measured.acknowledged).toBeGreaterThan(0);
});

/** A short soak on every run; `node tests/soak/loop-soak.mjs --seconds 3600` for longer. */
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const soakProgram = fileURLToPath(new URL("loop-soak.mjs", import.meta.url));

test("I6, I7, BUD-01: killed at random, four sessions with good, bad, cheating, hanging, crashing and expensive agents land good work once and within the cap", {
	timeout: 420_000,
}, async () => {
	const soak = spawn(process.execPath, [soakProgram, "--seconds=10", "--cap=9", "--kill-every=2000"]);
	const [said, complaints] = await Promise.all([text(soak.stdout), text(soak.stderr)]);
	// The figures, and the seed to play it again, for whoever reads the run.
	process.stdout.write(said);
	const faults = said.split("\n").filter((line) => line.startsWith("  "));
	expect({ faults, complaints }).toEqual({ faults: [], complaints: "" });
	const measured = JSON.parse(/^loop (.*)$/m.exec(said)?.[1] ?? "{}");
	expect(measured.kills).toBeGreaterThan(0);
	expect(measured.goodLanded).toBeGreaterThan(0);
});

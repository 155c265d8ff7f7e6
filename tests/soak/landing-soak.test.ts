/** A short soak on every run, with checks that run; `tests/soak/landing-soak.mjs` soaks for as many landings as it is told. */
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const soakProgram = fileURLToPath(new URL("landing-soak.mjs", import.meta.url));

const landings = 8;

test("MRG-01, MRG-04, MRG-09, I9: landers that are killed at random land every good change once, and no bad one", {
	timeout: 240_000,
}, async () => {
	const soak = spawn(process.execPath, [soakProgram, `--landings=${landings}`, "--checks"]);
	const [said, complaints] = await Promise.all([text(soak.stdout), text(soak.stderr)]);
	// The figures, and the seed to play it again, for whoever reads the run.
	process.stdout.write(said);
	const faults = said.split("\n").filter((line) => line.startsWith("  "));
	expect({ faults, complaints }).toEqual({ faults: [], complaints: "" });
	const measured = JSON.parse(/^landing (.*)$/m.exec(said)?.[1] ?? "{}");
	expect(measured.landed).toBeGreaterThanOrEqual(landings);
	expect(measured.replayed).toBe(measured.ours);
});

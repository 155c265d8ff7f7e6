/**
 * Landing under fire: `node tests/soak/landing-soak.mjs [--landings 200] [--seed 1] [--checks]`. Changes are made on branches of a
 * real repository as it goes: good ones, bad ones, some that conflict, some that are bad only together. Two landers at a
 * time take batches of them and are killed at random; persons commit in between. At the end the history is audited, and
 * every tree that landed is judged again. Prints a line for each phase and what was wrong; exits with 1 if anything was,
 * and if fewer landed than were asked for. A seed gives the same dice; who throws them, and what a kill hits, is the
 * machine's.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { seeded } from "../../packages/core/fixtures/seeded.mjs";
import { examine } from "./landing/examine.mjs";
import { makeProject } from "./landing/make-project.mjs";
import { underFire } from "./landing/under-fire.mjs";

const { values } = parseArgs({
	options: {
		landings: { type: "string", default: "200" },
		/** Judged by checks that run, and not by names: slower, and what is remembered is under fire, too. */
		checks: { type: "boolean", default: false },
		seed: { type: "string", default: String(Date.now() % 2 ** 32) },
	},
});
const landings = Number(values.landings);
const seed = Number(values.seed);
const judgedBy = values.checks ? "checks" : "names";
const dir = mkdtempSync(join(tmpdir(), "shopfloor-soak-"));
const begun = performance.now();

say(`seed ${seed}, ${landings} landings`);
const random = seeded(seed);
const project = makeProject(dir, random);
const fire = await underFire({ dir, project, random, landings, judgedBy, say });
say(`landed ${fire.landed}, turned away ${fire.away}, kills ${fire.kills}, by persons ${project.byPersons()}`);
const { faults: found, ...seen } = await examine(dir, project, fire, judgedBy);
const faults = [...fire.faults, ...found];
if (seen.landed < landings) faults.push(`only ${seen.landed} of ${landings} landed`);
if (seen.replayed !== seen.ours) faults.push(`only ${seen.replayed} of ${seen.ours} landed trees were judged again`);
say(`landing ${JSON.stringify({ seed, ...seen, kills: fire.kills, seconds: seconds() })}`);
for (const fault of faults) process.stdout.write(`  ${fault}\n`);
if (faults.length > 0) {
	// What was wrong is in there.
	process.stdout.write(`  all of it is kept in ${dir}\n`);
	process.exitCode = 1;
} else rmSync(dir, { recursive: true });

function say(line) {
	process.stdout.write(`${line}\n`);
}

function seconds() {
	return Math.round((performance.now() - begun) / 1000);
}

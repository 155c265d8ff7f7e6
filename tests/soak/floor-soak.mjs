/**
 * The floor under fire: `node tests/soak/floor-soak.mjs [--seconds 60] [--seed 1] [--writers 16] [--kill-every 100]
 * [--at-least 0]`. Prints what it measured and what was wrong; exits with 1 if anything was. `--at-least` is how many
 * entries must be acknowledged per second: a fair question only on a machine that does nothing else.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ledgerSoak } from "./ledger-soak.mjs";
import { logSoak } from "./log-soak.mjs";

const { values } = parseArgs({
	options: {
		seconds: { type: "string", default: "60" },
		seed: { type: "string", default: String(Date.now() % 2 ** 32) },
		writers: { type: "string", default: "16" },
		"kill-every": { type: "string", default: "100" },
		"at-least": { type: "string", default: "0" },
	},
});
const options = {
	seconds: Number(values.seconds),
	seed: Number(values.seed),
	writers: Number(values.writers),
	killEveryMs: Number(values["kill-every"]),
};

for (const [what, soak] of [
	["log", logSoak],
	["ledger", ledgerSoak],
]) {
	const stateDir = mkdtempSync(join(tmpdir(), "shopfloor-soak-"));
	const { faults, ...measured } = await soak({ stateDir, ...options });
	const { acknowledgedPerSecond } = measured;
	if (what === "log" && acknowledgedPerSecond < Number(values["at-least"]))
		faults.push(
			`only ${acknowledgedPerSecond} entries were acknowledged per second; ${values["at-least"]} were asked for`,
		);
	process.stdout.write(`${what} ${JSON.stringify(measured)}\n${faults.map((fault) => `  ${fault}\n`).join("")}`);
	if (faults.length > 0) process.exitCode = 1;
	// What was wrong is in there.
	if (faults.length > 0) process.stdout.write(`  the floor is kept in ${stateDir}\n`);
	else rmSync(stateDir, { recursive: true });
}

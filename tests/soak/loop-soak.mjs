/**
 * The whole loop under fire: `node tests/soak/loop-soak.mjs [--seconds 60] [--seed 1] [--kill-every 4000]`. Four sessions,
 * the scheduler and the reviewer work off tasks with an agent that is good, bad, cheating, hanging, crashing or expensive,
 * as the task's title says, and are killed at random. At the end everything that was promised is looked at. Prints what
 * it came to and what was wrong; exits with 1 if anything was.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openFloor } from "../../packages/core/dist/io/index.js";
import { seeded } from "../../packages/core/fixtures/seeded.mjs";
import { examineLoop } from "./loop/examine.mjs";
import { keepRunning } from "./loop/keep-running.mjs";
import { makeFactory } from "./loop/make-factory.mjs";

const { values } = parseArgs({
	options: {
		seconds: { type: "string", default: "60" },
		seed: { type: "string", default: String(Date.now() % 2 ** 32) },
		"kill-every": { type: "string", default: "4000" },
	},
});
const seed = Number(values.seed);
const random = seeded(seed);
const dir = mkdtempSync(join(tmpdir(), "shopfloor-soak-"));
const factory = makeFactory(dir);
const floor = openFloor({ stateDir: factory.stateDir });
const behaviours = ["good", "good", "good", "bad", "cheat", "crash", "spend", "hang"];
const asked = [];

say(`seed ${seed}`);
const crew = keepRunning(factory, ["scheduler", "cto-reviewer", "ralph-1", "ralph-2", "ralph-3", "ralph-4"]);
const until = Date.now() + Number(values.seconds) * 1_000;
let killAt = Date.now() + Number(values["kill-every"]);
while (Date.now() < until) {
	if (asked.length < 200 && (await waiting()) < 6) await ask(behaviours[Math.floor(random() * behaviours.length)]);
	if (Date.now() >= killAt) {
		crew.killOne(random);
		killAt = Date.now() + Number(values["kill-every"]);
	}
	await new Promise((resolve) => setTimeout(resolve, 250));
}
await settled();
await crew.end();
const { faults, ...seen } = await examineLoop({ ...factory, floor, asked });
await floor.close();
say(`loop ${JSON.stringify({ seed, kills: crew.kills(), asked: asked.length, ...seen })}`);
for (const fault of faults) say(`  ${fault}`);
if (faults.length > 0) {
	say(`  all of it is kept in ${dir}`);
	process.exitCode = 1;
} else rmSync(dir, { recursive: true, force: true });

async function ask(behaviour) {
	const title = `${behaviour} ${asked.length + 1}`;
	const data = { title, files: [`${title.replace(" ", "-")}.txt`], source: "soak", key: title };
	const [entry] = await floor.log.append([{ type: "task_requested", by: "soak", data }]);
	asked.push({ title, behaviour, task: `t-${entry.seq}` });
}

async function waiting() {
	const { tasks } = (await floor.tasks.read()).value;
	return tasks.filter(({ status }) => status === "waiting").length;
}

/** What is under way comes to its end, or is told to after a while. */
async function settled() {
	const last = Date.now() + 45_000;
	while (Date.now() < last) {
		const { changes } = (await floor.reviews.read()).value;
		const open = changes.some(({ status }) => ["pending", "reviewing", "approved", "landing"].includes(status));
		const { tasks } = (await floor.tasks.read()).value;
		const good = tasks.some(({ title, status }) => title.startsWith("good") && !["done", "set-aside"].includes(status));
		if (!open && !good) return;
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
}

function say(line) {
	process.stdout.write(`${line}\n`);
}

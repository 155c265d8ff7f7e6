/**
 * The whole loop under fire: `node tests/soak/loop-soak.mjs [--seconds 60] [--cap 12] [--seed 1] [--kill-every 4000]`. Four
 * sessions, the scheduler and the reviewer work off tasks with an agent that is good, bad, cheating, hanging, crashing or
 * expensive, as the task's title says, and are killed at random; a person ends what hangs. At the end everything that was
 * promised is looked at. Prints what it came to and what was wrong; exits with 1 if anything was.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { currentState, openFloor } from "../../packages/core/dist/io/index.js";
import { seeded } from "../../packages/core/fixtures/seeded.mjs";
import { examineLoop } from "./loop/examine.mjs";
import { endTerminals, keepRunning } from "./loop/keep-running.mjs";
import { makeFactory } from "./loop/make-factory.mjs";

const { values } = parseArgs({
	options: {
		seconds: { type: "string", default: "60" },
		/** Dollars a day: more than the good ones cost, and less than all of the expensive ones. */
		cap: { type: "string", default: "12" },
		seed: { type: "string", default: String(Date.now() % 2 ** 32) },
		"kill-every": { type: "string", default: "4000" },
	},
});
const seed = Number(values.seed);
const random = seeded(seed);
const dir = mkdtempSync(join(tmpdir(), "shopfloor-soak-"));
const factory = makeFactory(dir, { dayCap: Number(values.cap) });
const floor = openFloor({ stateDir: factory.stateDir });
const firstLandingMs = 180_000;
/** Then a person thinks that it hangs. */
const hangsMs = 4_000;
/** Each of them is asked for once, and then by chance. */
const behaviours = ["good", "bad", "good", "hang", "good", "cheat", "spend", "crash"];
const asked = [];
const ended = new Set();

say(`seed ${seed}`);
const crew = keepRunning(factory, ["scheduler", "cto-reviewer", "ralph-1", "ralph-2", "ralph-3", "ralph-4"]);
const killEveryMs = Number(values["kill-every"]);
const began = Date.now();
/** All times run from the first landing: on a slow machine all would be killed before they have begun. */
let landedAt;
let killAt = Number.POSITIVE_INFINITY;
while (Date.now() < (landedAt ?? began) + (landedAt === undefined ? firstLandingMs : Number(values.seconds) * 1_000)) {
	const { tasks } = (await floor.tasks.read()).value;
	const over = tasks.filter(({ status }) => ["done", "set-aside", "cancelled"].includes(status));
	if (asked.length < 500 && asked.length - over.length < 8) await ask(behaviours[asked.length] ?? drawn());
	await endHanging(tasks);
	if (landedAt === undefined && tasks.some(({ status }) => status === "done")) {
		landedAt = Date.now();
		killAt = landedAt + killEveryMs;
	}
	if (Date.now() >= killAt) {
		crew.killOne(random);
		killAt = Date.now() + killEveryMs;
	}
	await pass();
}
await settled();
await crew.end();
await tidied();
endTerminals(factory);
const { faults, ...seen } = await examineLoop({ ...factory, floor, asked });
await floor.close();
say(`loop ${JSON.stringify({ seed, kills: crew.kills(), asked: asked.length, ended: ended.size, ...seen })}`);
for (const fault of faults) say(`  ${fault}`);
if (faults.length > 0) {
	say(`  all of it is kept in ${dir}`);
	process.exitCode = 1;
} else rmSync(dir, { recursive: true, force: true });

function drawn() {
	return behaviours[Math.floor(random() * behaviours.length)];
}

async function ask(behaviour) {
	const title = `${behaviour} ${asked.length + 1}`;
	const data = { title, files: [`${title.replace(" ", "-")}.txt`], source: "soak", key: title };
	const [entry] = await floor.log.append([{ type: "task_requested", by: "soak", data }]);
	asked.push({ title, behaviour, task: `t-${entry.seq}` });
}

/** Whoever hangs does so for an hour, if nobody ends it. */
async function endHanging(tasks) {
	for (const { id, title, status, changed } of tasks) {
		if (status !== "assigned" || !title.startsWith("hang") || Date.now() - Date.parse(changed) < hangsMs) continue;
		const data = { task: id, order: "cancel", reason: "it hangs" };
		await floor.log.append([{ type: "task_order", by: "soak", id: `cancel:${id}`, data }]);
		ended.add(id);
	}
}

/** What is under way comes to its end, or is told to after a while. */
async function settled() {
	const last = Date.now() + 120_000;
	while (Date.now() < last) {
		const { changes } = (await floor.reviews.read()).value;
		const open = changes.some(({ status }) => ["pending", "reviewing", "approved", "landing"].includes(status));
		const { tasks } = (await floor.tasks.read()).value;
		const good = tasks.some(
			({ title, status }) => title.startsWith("good") && ["waiting", "assigned"].includes(status),
		);
		const { pauses } = (await currentState(floor)).steering;
		// At the cap nobody goes on.
		if (!open && (!good || pauses["budget"] !== undefined)) return;
		await endHanging(tasks);
		await pass();
	}
}

/** A scheduler's first turn, which cleans up after those who cannot do it themselves any more. */
async function tidied() {
	const { seq } = await currentState(floor);
	const alone = keepRunning(factory, ["scheduler"]);
	for await (const { type, data } of floor.log.follow(seq + 1, AbortSignal.timeout(30_000)))
		if (type === "heartbeat" && data.doing === "waiting") break;
	await alone.end();
}

function pass() {
	return new Promise((resolve) => setTimeout(resolve, 250));
}

function say(line) {
	process.stdout.write(`${line}\n`);
}

// What an idle process of the factory weighs under PM2, and how long it takes to be there, against an empty Node process.
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { median, round, scratch } from "./measure.mjs";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));
const rounds = 3;
const rssMost = 1.35;
const settleMs = 5_000;
/**
 * Then as many turns as an idle process takes in hours: by and by V8 optimises, and keeps more room for garbage. A second
 * session is the first one again, and two copies of one process share no port.
 */
const everySecond = {
	repository: { path: "." },
	sessions: 1,
	every: { scheduler: "1s", doctor: "1s", reviewer: "1s" },
	gateway: { port: 0 },
};
const agingMs = 60_000;

export async function processes({ say }) {
	const dir = scratch();
	const home = join(dir, "pm2");
	mkdirSync(home);
	const env = { PATH: process.env.PATH, HOME: dir, PM2_HOME: home, PM2_DISCRETE_MODE: "true" };
	const pm2 = async (...args) =>
		(await run(process.execPath, [join(root, "node_modules/pm2/bin/pm2"), ...args], { env })).stdout;
	const config = join(dir, "shopfloor.config.json");
	writeFileSync(config, JSON.stringify(everySecond));
	const measured = new Map(
		(await described({ ...env, SHOPFLOOR_STATE: join(dir, "state"), SHOPFLOOR_CONFIG: config })).map(({ name }) => [
			name,
			{ rss: [], aged: [], started: [], ready: [] },
		]),
	);
	try {
		for (let round = 0; round < rounds; round++) {
			say(`starting the processes under PM2, ${round + 1} of ${rounds}…`);
			const places = { SHOPFLOOR_STATE: join(dir, `state-${round}`), SHOPFLOOR_CONFIG: config };
			const apps = await described({ ...env, ...places });
			for (const app of apps) {
				const file = join(dir, "one.config.js");
				writeFileSync(file, `module.exports = ${JSON.stringify({ apps: [app] })}`);
				const begun = performance.now();
				// Comes back when the process has said that it is ready.
				await pm2("start", file);
				measured.get(app.name).started.push(performance.now() - begun);
			}
			await new Promise((resolve) => setTimeout(resolve, settleMs));
			const list = JSON.parse((await pm2("jlist")).split("\n").findLast((line) => line.startsWith("[")));
			for (const { name, pid } of list) measured.get(name).rss.push(rssOf(pid));
			if (round === rounds - 1) {
				say("letting them take the turns of hours…");
				await new Promise((resolve) => setTimeout(resolve, agingMs));
				for (const { name, pid } of list) measured.get(name).aged.push(rssOf(pid));
			}
			for (const app of apps) measured.get(app.name).ready.push(await startTime(app, env, places));
			await pm2("delete", "all");
		}
	} finally {
		await pm2("kill");
	}
	const empty = measured.get("empty");
	return [...measured].map(([name, { rss, aged, started, ready }]) => {
		const ratio = median(rss) / median(empty.rss);
		const agedRatio = median(aged) / median(empty.aged);
		return {
			what: `${name === "empty" ? "an empty Node process" : name} under PM2, idle`,
			figure: `RSS ${round(median(rss))} MB, after ${agingMs / 1_000} turns ${round(median(aged))} MB; ready after ${round(median(started))} ms of pm2 start, ${round(median(ready))} ms by itself`,
			ratio: `${ratio.toFixed(2)}, then ${agedRatio.toFixed(2)}`,
			detail: `start ${round(median(ready) / median(empty.ready))} × the empty one's`,
			goals: name === "empty" ? [] : [[`RSS ≤ ${rssMost} × empty`, ratio <= rssMost]],
		};
	});
}

function rssOf(pid) {
	return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;
}

/** As `shopfloor up` hands them to PM2, and the empty one in the same way, without V8's flags. */
async function described(env) {
	const cli = join(root, "apps/cli/bin/shopfloor.mjs");
	const { apps } = JSON.parse((await run(process.execPath, [cli, "ecosystem"], { env })).stdout);
	return [
		{ ...apps[0], name: "empty", script: join(root, "bench/programs/empty.mjs"), args: [], node_args: [] },
		...apps,
	];
}

/** From the start of the program to its "ready", without PM2 around it. */
async function startTime({ script, args, node_args }, env, places) {
	const { fork } = await import("node:child_process");
	const begun = performance.now();
	// A state directory of its own: the one of the running copy is taken.
	const child = fork(script, args, {
		env: { ...env, ...places, SHOPFLOOR_STATE: `${places.SHOPFLOOR_STATE}-start` },
		execArgv: node_args,
	});
	await new Promise((resolve) => child.on("message", (message) => message === "ready" && resolve()));
	const ms = performance.now() - begun;
	const gone = new Promise((resolve) => child.once("exit", resolve));
	child.kill("SIGTERM");
	await gone;
	return ms;
}

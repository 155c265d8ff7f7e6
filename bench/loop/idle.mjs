/**
 * A factory to which nothing comes: what a day of it costs, or a part of one. The loops of all its processes run here, on one clock that is
 * moved by hand whenever all of them rest; the floor and the repository are real. What a process does besides its turns
 * (the beat of its seat, its watchers) goes by the real clock, and is measured on real processes.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseDuration, processNames } from "@shopfloor/core";
import { findPlaces, loadConfig, openFloor } from "@shopfloor/core/io";
import { round } from "../measure.mjs";
import { makeFactory, root } from "./factory.mjs";
import { handClock } from "./hand-clock.mjs";
import { specsOf } from "./specs.mjs";

// Not for others to use; a process has it from `runProcess`.
const { WorkLoop } = await import(new URL("../../packages/core/dist/io/work-loop.js", import.meta.url).href);

const hourMs = 3_600_000;
/** What is new to a factory at its start is not new any more: the base is measured, and planners were asked. */
const settlingMs = hourMs;
const [hours, fullHours] = [4, 24];
const sessions = 2;
/** What a start leaves behind (code that is compiled, memory that is given back) is none of its rest. */
const [quietS, restS] = [10, 20];

export async function idle({ say, full }) {
	const forHours = full ? fullHours : hours;
	const factory = makeFactory({ sessions, tasks: [], every: {} });
	const names = processNames(loadConfig(factory.config));
	say(`${forHours} hours of ${names.length} processes without input…`);
	const spent = await spentIn(forHours * hourMs, factory, names);
	await factory.close();
	say(`the same processes at rest for ${restS} s…`);
	const rest = await atRest(names);
	const share = spent.cpuMs / (forHours * hourMs);
	const logADay = (spent.logBytes * 24) / forHours;
	return [
		{
			what: `${forHours} h without input, ${names.length} processes, ${sessions} sessions`,
			figure: `${spent.calls} agent calls, log +${round(logADay / 2 ** 10)} KiB a day, turns ${round(spent.cpuMs / 1_000)} s of CPU`,
			ratio: `${round(share * 100)} % of a core`,
			goals: [
				["no agent call", spent.calls === 0],
				["log < 1 MB a day", logADay < 1_000_000],
			],
		},
		{
			what: `  at rest, by the real clock, ${restS} s`,
			figure: `${round(rest.share * 100)} % of a core`,
			ratio: `${round((share + rest.share) * 100)} % of a core with the turns`,
			goals: [["< 1 % in all", share + rest.share < 0.01]],
		},
	];
}

/** By the clock of the hands. */
async function spentIn(forMs, factory, names) {
	const hands = handClock(Date.UTC(2026, 0, 31, 8));
	const specs = await specsOf(names);
	const ended = new AbortController();
	const config = loadConfig(factory.config);
	const places = { ...findPlaces({}), root, state: factory.stateDir, config: factory.config };
	// Nobody beats for these seats but the real clock.
	const seats = await Promise.all(
		names.map((name) => factory.floor.leases.hold(`process-${name}`, { slots: 1, ttlMs: seatTtlMs })),
	);
	const crew = specs.map((spec) => aProcess({ spec, hands, config, places, factory }));
	for (const one of crew) await one.announce();
	const running = crew.map((one) => one.run(ended.signal));
	const failed = Promise.race(running.map((loop) => loop.then(() => new Promise(() => {}))));
	failed.catch(() => {});
	const untilRest = async () => {
		const lateMs = Date.now() + restWithinMs;
		const head = () => Math.max(...crew.map((one) => one.wrote()));
		while (!crew.every((one) => one.rests() && one.heard() >= head())) {
			if (Date.now() > lateMs)
				throw new Error(`${crew.filter((one) => !one.rests()).map(({ name }) => name)} never rests`);
			await Promise.race([hands.changed(50), failed]);
		}
	};
	const until = async (ms) => {
		for (await untilRest(); hands.elapsedMs() < ms; await untilRest()) hands.moveOn();
	};

	await until(settlingMs);
	const before = { cpuMs: cpuMs(), logBytes: logBytes(factory.stateDir), calls: await calls(factory.floor) };
	await until(settlingMs + forMs);
	const spent = {
		cpuMs: cpuMs() - before.cpuMs,
		logBytes: logBytes(factory.stateDir) - before.logBytes,
		calls: (await calls(factory.floor)) - before.calls,
	};
	ended.abort();
	await Promise.allSettled(running);
	await Promise.all(crew.map((one) => one.close()));
	await Promise.all(seats.map((seat) => seat.release()));
	return spent;
}

/** As a process has it. */
const seatTtlMs = 30_000;
/** A turn that checks the base takes seconds. */
const restWithinMs = 120_000;

function aProcess({ spec, hands, config, places, factory }) {
	const { name, scopes, wakes } = spec;
	const [loopClock, clock] = [hands.clockOf(), hands.clockOf()];
	const opened = openFloor({ stateDir: factory.stateDir, clock });
	let [turns, heard, wrote] = [0, 0, 0];
	const log = {
		...opened.log,
		async append(drafts) {
			const entries = await opened.log.append(drafts);
			wrote = Math.max(wrote, entries.at(-1)?.seq ?? 0);
			return entries;
		},
		async *follow(from, signal) {
			heard = Math.max(heard, from - 1);
			for await (const entry of opened.log.follow(from, signal)) {
				yield entry;
				heard = entry.seq;
				hands.tell();
			}
		},
	};
	const floor = { ...opened, log };
	const world = { name, config, floor, clock, places, heartbeatMs: parseDuration(config.heartbeat) };
	const loop = new WorkLoop(floor, loopClock, {
		name,
		every: spec.every(config),
		heartbeatMs: world.heartbeatMs,
		...(scopes && { scopes }),
		...(wakes && { wakes }),
		async turn(turn) {
			turns++;
			try {
				await spec.tick(world, turn);
			} finally {
				turns--;
			}
		},
	});
	return {
		name,
		announce: () =>
			log.append([
				{
					type: "process_started",
					by: name,
					data: { pid: process.pid, node: process.version, after: "first", crashes: 0 },
				},
			]),
		run: (signal) => Promise.all([loop.run(signal), spec.beside?.(world, signal)]),
		rests: () => turns === 0 && hands.asleep(loopClock) > 0,
		heard: () => heard,
		wrote: () => wrote,
		close: () => opened.close(),
	};
}

/** Of a process and of the programs that it ran. */
function cpuMs(pid = "self") {
	const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
		.replace(/^.*\) /, "")
		.split(" ");
	return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * tickMs;
}

/** Linux counts in hundredths of a second, everywhere where Node runs. */
const tickMs = 10;

function logBytes(stateDir) {
	const sealed = readdirSync(join(stateDir, "sealed")).map((name) => join(stateDir, "sealed", name));
	return [join(stateDir, "experiment-log.jsonl"), ...sealed].reduce((sum, path) => sum + statSync(path).size, 0);
}

async function calls({ log }) {
	return (await log.last(100_000, { type: ["agent_called"] })).length;
}

/** Real processes, some time after their first turns. */
async function atRest(names) {
	const factory = makeFactory({ sessions, tasks: [], every: {} });
	const pids = await factory.start(...names);
	await factory.measured();
	await new Promise((resolve) => setTimeout(resolve, quietS * 1_000));
	const used = () => pids.reduce((sum, pid) => sum + cpuMs(pid), 0);
	const [before, from] = [used(), performance.now()];
	await new Promise((resolve) => setTimeout(resolve, restS * 1_000));
	const share = (used() - before) / (performance.now() - from);
	await factory.close();
	return { share };
}

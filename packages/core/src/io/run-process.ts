/**
 * The only place that knows how a process lives: settings, floor, seat, start, turns, end.
 *
 * A copy that ends without saying so has crashed: the next one finds its `process_started` without a
 * `process_stopped`, counts it, and parks when there were too many. The one that a person starts after that passes over
 * what waited for the parked one.
 */

import type { FactoryConfig } from "../model/config.ts";
import { afterCrash } from "../model/crash-budget.ts";
import { parseDuration } from "../model/duration.ts";
import type { DataOf } from "../model/entry.ts";
import type { FactoryState } from "../model/factory-state.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { Reader } from "./cursor.ts";
import { Ending, exitCodes } from "./ending.ts";
import { type FileFloor, openFloor } from "./floor.ts";
import { loadConfig } from "./load-config.ts";
import { passOver } from "./pass-over.ts";
import { findPlaces, type Places } from "./places.ts";
import { takeSeat } from "./seat.ts";
import { isShopfloorError } from "./shopfloor-error.ts";
import { currentState, type Turn, WorkLoop } from "./work-loop.ts";

export interface World {
	readonly name: string;
	readonly config: FactoryConfig;
	readonly floor: FileFloor;
	readonly clock: Clock;
	readonly places: Places;
	readonly heartbeatMs: number;
}

export interface ProcessSpec extends Reader {
	every(config: FactoryConfig): string;
	readonly scopes?: readonly string[];
	tick(world: World, turn: Turn): Promise<void>;
	/**
	 * Lives beside the turns, also under a pause: a server, or whoever listens to one. Lets go when `ended` aborts. What may
	 * pass (a port that is taken, a network that is down) it waits out itself: what it throws ends the process.
	 */
	beside?(world: World, ended: AbortSignal): Promise<void>;
}

/** A full disk or a busy lock passes; ending would only make PM2 try the same again, and give up. */
const passing = ["disk-full", "disk-error", "lock-busy", "lock-lost"] as const;
const startAgainMs = 10_000;

export async function runProcess(spec: ProcessSpec): Promise<never> {
	const ending = new Ending(spec.name).listen();
	try {
		await Promise.race([live(spec, ending), ending.overdue()]);
	} catch (error) {
		if (error !== ending.asked.reason) return await ending.crashed(error);
	}
	return await ending.stopped();
}

/** Until it is asked to end. Resolves then, or rejects with the request. */
async function live(spec: ProcessSpec, ending: Ending): Promise<void> {
	const { name, scopes, wakes } = spec;
	const places = findPlaces();
	const { config, floor } = await patiently(name, ending, async () => open(name, places));
	ending.opened(floor);
	await patiently(name, ending, () => sitDown(name, floor, ending));
	const heartbeatMs = parseDuration(config.heartbeat) as number;
	const world: World = { name, config, floor, clock: systemClock, places, heartbeatMs };
	await patiently(name, ending, () => announce(world, spec, ending));
	const loop = new WorkLoop(floor, systemClock, {
		name,
		every: spec.every(config),
		heartbeatMs,
		...(scopes && { scopes }),
		...(wakes && { wakes }),
		turn: (turn) => spec.tick(world, turn),
	});
	const beside = spec.beside?.(world, ending.asked);
	process.send?.("ready");
	await Promise.all([loop.run(ending.asked), beside]);
}

function open(name: string, places: Places): { config: FactoryConfig; floor: FileFloor } {
	try {
		const config = loadConfig(places.config);
		return { config, floor: openFloor({ stateDir: places.state }) };
	} catch (error) {
		if (!isShopfloorError(error, "bad-config", "bad-state-dir")) throw error;
		process.stderr.write(`${name} cannot start: ${error.message}\n`);
		process.exit(exitCodes.badConfig);
	}
}

async function sitDown(name: string, floor: FileFloor, ending: Ending): Promise<void> {
	const seat = await takeSeat(name, floor, ending.asked);
	if (!("heldBy" in seat)) return ending.seated(seat);
	process.stderr.write(
		`${name} runs already (pid ${seat.heldBy}); this second copy ends without having done anything.\n`,
	);
	await ending.leave(exitCodes.secondCopy);
}

/** Again and again, until it is done or the process is asked to end. */
async function patiently<T>(name: string, { asked }: Ending, step: () => Promise<T>): Promise<T> {
	for (;;) {
		try {
			const done = await step();
			asked.throwIfAborted();
			return done;
		} catch (error) {
			if (!isShopfloorError(error, ...passing)) throw error;
			process.stderr.write(`${name} waits to start: ${error.message}\n`);
			await systemClock.sleep(startAgainMs, asked);
			asked.throwIfAborted();
		}
	}
}

/** Says that it is there, and what became of the copy before it; parks after too many crashes. */
async function announce({ name, config, floor, clock }: World, reader: Reader, ending: Ending): Promise<void> {
	const state = await currentState(floor);
	ending.asked.throwIfAborted();
	const before = state.processes[name];
	const after = endOf(before);
	const windowMs = parseDuration(config.restarts.window) as number;
	const crashTimes = [
		...(before?.crashes ?? []).map((at) => Date.parse(at)),
		...(after === "crash" ? [clock.now()] : []),
	];
	const verdict = afterCrash(
		{ crashes: config.restarts.crashes, windowMs },
		after === "parked" ? [] : crashTimes,
		clock.now(),
	);
	if (after === "crash" && verdict.kind === "park") {
		const reason = `it crashed ${verdict.crashes} times within ${config.restarts.window}`;
		const message = `${name} is parked: ${reason}. Look at its log (pm2 logs ${name}), then start it again: pm2 restart ${name}`;
		await floor.log.append([
			{ type: "process_parked", by: name, data: { pid: process.pid, crashes: verdict.crashes, windowMs, reason } },
			{ type: "alert", by: name, data: { code: "process-parked", severity: "error", message, subject: name } },
		]);
		process.stderr.write(`${message}\n`);
		return await ending.leave(exitCodes.parked);
	}
	if (after === "parked") await passOver(floor, reader);
	ending.asked.throwIfAborted();
	const previous = before !== undefined && after === "crash" ? { previousPid: before.pid } : {};
	const data = { pid: process.pid, node: process.version, after, crashes: verdict.crashes, ...previous };
	ending.announced();
	await floor.log.append([{ type: "process_started", by: name, data }]);
}

function endOf(before: FactoryState["processes"][string] | undefined): DataOf<"process_started">["after"] {
	if (before === undefined) return "first";
	return ({ running: "crash", stopped: "stop", parked: "parked" } as const)[before.status];
}

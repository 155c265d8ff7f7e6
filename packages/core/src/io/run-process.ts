/**
 * The only place that knows how a process lives: settings, floor, lease, start, turns, signals, end.
 *
 * A copy that ends without saying so has crashed: the next one finds its `process_started` without a
 * `process_stopped`, counts it, and parks when there were too many.
 */

import type { FactoryConfig } from "../model/config.ts";
import { afterCrash } from "../model/crash-budget.ts";
import { parseDuration } from "../model/duration.ts";
import type { DataOf, Draft, Entry } from "../model/entry.ts";
import type { FactoryState } from "../model/factory-state.ts";
import { type Clock, systemClock } from "./clock.ts";
import { type FileFloor, openFloor } from "./floor.ts";
import type { Lease } from "./leases.ts";
import { loadConfig } from "./load-config.ts";
import { findPlaces, type Places } from "./places.ts";
import { pidOf } from "./process-identity.ts";
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

export interface ProcessSpec {
	readonly name: string;
	every(config: FactoryConfig): string;
	readonly scopes?: readonly string[];
	wakes?(entry: Entry): boolean;
	tick(world: World, turn: Turn): Promise<void>;
}

/** How a process ends. PM2 starts it again after `failed` only; the others wait for a person. */
export const exitCodes = { stopped: 0, failed: 1, badConfig: 2, secondCopy: 3, parked: 4 } as const;

/** Heard by everybody who asks whether the process lives; renewed three times in it. */
const leaseTtlMs = 30_000;
/** A predecessor that is just ending is waited for; one that goes on working is not. */
const predecessorMs = 3_000;
/** Less than the time that PM2 leaves between its signal and SIGKILL (`kill_timeout` in ecosystem.config.js). */
const shutdownMs = 6_000;

const startAgainMs = 10_000;

export async function runProcess(spec: ProcessSpec): Promise<never> {
	const started = systemClock.watch();
	const places = findPlaces();
	const { config, floor } = openOrExit(spec.name, places);
	const heartbeatMs = parseDuration(config.heartbeat) as number;
	const lease = await patiently(spec.name, () => takeSeat(spec.name, floor));
	const world: World = { name: spec.name, config, floor, clock: systemClock, places, heartbeatMs };
	await patiently(spec.name, () => announce(world));
	const stopping = new AbortController();
	const end = ending(world, lease, started);
	listenForTheEnd(stopping, end);
	lease.lost.addEventListener("abort", () => stopping.abort("lease-lost"), { once: true });

	const { name, scopes, wakes } = spec;
	const loop = new WorkLoop(floor, systemClock, {
		name,
		every: spec.every(config),
		heartbeatMs,
		...(scopes && { scopes }),
		...(wakes && { wakes }),
		turn: (turn) => spec.tick(world, turn),
	});
	process.send?.("ready");
	try {
		await withDeadline(loop.run(stopping.signal), stopping.signal);
	} catch (error) {
		return await end.crashed(error);
	}
	return await end.stopped(stopping.signal.reason as EndReason);
}

function openOrExit(name: string, places: Places): { config: FactoryConfig; floor: FileFloor } {
	try {
		const config = loadConfig(places.config);
		return { config, floor: openFloor({ stateDir: places.state }) };
	} catch (error) {
		if (!isShopfloorError(error)) throw error;
		process.stderr.write(`${name} cannot start: ${error.message}\n`);
		process.exit(exitCodes.badConfig);
	}
}

/** A full disk or a busy lock passes; ending would only make PM2 try the same again, and give up. */
async function patiently<T>(name: string, step: () => Promise<T>): Promise<T> {
	for (;;) {
		try {
			return await step();
		} catch (error) {
			if (!isShopfloorError(error, "disk-full", "disk-error", "lock-busy", "lock-lost")) throw error;
			process.stderr.write(`${name} waits to start: ${error.message}\n`);
			await systemClock.sleep(startAgainMs);
		}
	}
}

async function takeSeat(name: string, floor: FileFloor): Promise<Lease> {
	const seat = `process-${name}`;
	try {
		return await floor.leases.hold(seat, { slots: 1, ttlMs: leaseTtlMs, signal: AbortSignal.timeout(predecessorMs) });
	} catch (error) {
		if ((error as Error).name !== "TimeoutError") throw error;
		const [holder] = await floor.leases.held(seat);
		const pid = holder === undefined ? "another process" : `pid ${pidOf(holder.holder)}`;
		process.stderr.write(`${name} runs already (${pid}); this second copy ends without having done anything.\n`);
		process.exit(exitCodes.secondCopy);
	}
}

/** Says that it is there, and what became of the copy before it; parks after too many crashes. */
async function announce({ name, config, floor, clock }: World): Promise<void> {
	const state = await currentState(floor);
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
		process.exit(exitCodes.parked);
	}
	const previous = before !== undefined && after === "crash" ? { previousPid: before.pid } : {};
	const data = { pid: process.pid, node: process.version, after, crashes: verdict.crashes, ...previous };
	await floor.log.append([{ type: "process_started", by: name, data }]);
}

function endOf(before: FactoryState["processes"][string] | undefined): DataOf<"process_started">["after"] {
	if (before === undefined) return "first";
	return ({ running: "crash", stopped: "stop", parked: "parked" } as const)[before.status];
}

type EndReason = "signal" | "shutdown" | "lease-lost";

interface Ending {
	stopped(reason: EndReason): Promise<never>;
	crashed(error: unknown): Promise<never>;
}

function ending({ name, floor }: World, lease: Lease, started: number): Ending {
	let ended = false;
	async function end(code: number, ...drafts: readonly Draft[]): Promise<never> {
		if (ended) return await new Promise<never>(() => {});
		ended = true;
		// Whatever hangs here, the process ends; the next one takes it from the log.
		setTimeout(() => process.exit(code), shutdownMs);
		await quietly(floor.log.append(drafts));
		await quietly(lease.release());
		await quietly(floor.close());
		process.exit(code);
	}
	return {
		stopped(reason) {
			const uptimeMs = Math.round(systemClock.watch() - started);
			const code = reason === "lease-lost" ? exitCodes.failed : exitCodes.stopped;
			return end(code, { type: "process_stopped", by: name, data: { pid: process.pid, reason, uptimeMs } });
		},
		crashed(error) {
			const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
			process.stderr.write(`${name} ends because of an error nobody expected:\n${withCauses(error, text)}\n`);
			const message = `${name} ended because of an error nobody expected: ${text}`.slice(0, 2_000);
			// No process_stopped: for the crash budget this is a crash.
			return end(exitCodes.failed, {
				type: "alert",
				by: name,
				data: { code: "crashed", severity: "error", message, subject: name },
			});
		},
	};
}

function withCauses(error: unknown, text: string): string {
	const cause = error instanceof Error ? error.cause : undefined;
	return cause === undefined
		? text
		: `${text}\ncaused by: ${withCauses(cause, cause instanceof Error ? (cause.stack ?? cause.message) : String(cause))}`;
}

/** The last words are worth trying and not worth failing over. */
async function quietly(step: Promise<unknown>): Promise<void> {
	try {
		await step;
	} catch (error) {
		process.stderr.write(`while ending: ${String(error)}\n`);
	}
}

/**
 * PM2 sends SIGINT, or the message "shutdown"; a second request means now. A launcher that is gone counts as one:
 * nobody would look after this copy any more, and the next launcher starts its own.
 */
function listenForTheEnd(stopping: AbortController, end: Ending): void {
	const ask = (reason: EndReason) => {
		if (stopping.signal.aborted) process.exit(exitCodes.failed);
		stopping.abort(reason);
	};
	process.on("SIGINT", () => ask("signal"));
	process.on("SIGTERM", () => ask("signal"));
	process.on("message", (message) => {
		if (message === "shutdown") ask("shutdown");
	});
	process.once("disconnect", () => stopping.abort("shutdown"));
	process.on("uncaughtException", (error) => void end.crashed(error));
	process.on("unhandledRejection", (error) => void end.crashed(error));
}

/** After the request to end, a turn that does not let go is left behind. */
async function withDeadline(work: Promise<void>, signal: AbortSignal): Promise<void> {
	const deadline = new Promise<void>((resolve) => {
		signal.addEventListener("abort", () => setTimeout(resolve, shutdownMs / 2).unref(), { once: true });
	});
	await Promise.race([work, deadline]);
}

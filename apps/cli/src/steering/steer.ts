/** Pausing, stopping, resuming: an entry in the log, which holds whether or not a process is there to read it. */
import { type DataOf, type Draft, type FactoryConfig, type FactoryState, parseDuration } from "@shopfloor/core";
import { currentState, type FileFloor, instant, readConfig } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { didYouMean } from "../did-you-mean.ts";
import { ecosystem } from "../factory/ecosystem.ts";
import { misuse } from "../failure.ts";
import { takenSeats } from "../seats.ts";
import { timesFor } from "../times.ts";
import { changingFloor } from "../with-floor.ts";
import { byOf } from "./by.ts";
import { alreadyHeld, notHeld, type Pause, paused, resumed, stopped } from "./messages.ts";
import type { PauseOptions } from "./options.ts";
import { knownScopes } from "./scopes.ts";

/** A pause lets running work finish, a stop ends it. What holds already is said, and not written again. */
export async function hold(
	context: Context,
	kind: "pause" | "stop",
	scope: string,
	options: PauseOptions,
): Promise<void> {
	const reason = reasonOf(options.reason) ?? "no reason given";
	const until = options.for === undefined ? undefined : instant(context.clock.now() + durationOf(options.for));
	await changingFloor(context, async (floor) => {
		const state = await currentState(floor);
		refuseUnknown(context, state, scope);
		const times = timesFor(context.clock.now(), context.timeZone);
		const standing = state.steering.pauses[scope];
		if (standing !== undefined && isEnough(standing, kind, until))
			return say(context, alreadyHeld(scope, kind, standing, times));
		await append(context, floor, "paused", { scope, kind, reason, ...(until && { until }) });
		const alive = await aliveIn(floor);
		say(context, kind === "stop" ? stopped(scope, alive) : paused(scope, until, alive, times));
	});
}

export async function resume(context: Context, scope: string, options: PauseOptions): Promise<void> {
	const reason = reasonOf(options.reason);
	await changingFloor(context, async (floor) => {
		const state = await currentState(floor);
		refuseUnknown(context, state, scope);
		const { [scope]: standing, ...others } = state.steering.pauses;
		const left = Object.entries(others).map(([name, { kind }]) => ({ scope: name, kind }));
		if (standing === undefined) return say(context, notHeld(scope, left));
		await append(context, floor, "resumed", { scope, ...(reason && { reason }) });
		say(context, resumed(scope, standing, left, await aliveIn(floor)));
	});
}

/** The same again, or a pause where a stop stands. */
function isEnough(standing: Pause, kind: Pause["kind"], until: string | undefined): boolean {
	return kind === "pause" && standing.kind === "stop" ? true : standing.kind === kind && standing.until === until;
}

async function append<T extends "paused" | "resumed">(
	{ user }: Context,
	{ log }: FileFloor,
	type: T,
	data: DataOf<T>,
): Promise<void> {
	await log.append([{ type, by: byOf(user), data } as Draft]);
}

function refuseUnknown(context: Context, state: FactoryState, scope: string): void {
	const found = readConfig(context.places.config);
	const configured = "config" in found ? namesIn(found.config, context) : [];
	const known = knownScopes(state, configured);
	if (!known.includes(scope)) throw misuse(`"${scope}" is nothing that can be paused. ${didYouMean(scope, known)}`);
}

function namesIn(config: FactoryConfig, { places, environment }: Context): string[] {
	return [...ecosystem(config, places, environment).map(({ name }) => name), ...Object.keys(config.agents)];
}

async function aliveIn(floor: FileFloor): Promise<number> {
	return Object.keys(await takenSeats(floor)).length;
}

function durationOf(text: string): number {
	const ms = parseDuration(text);
	if (ms === undefined || ms <= 0) throw misuse(`--for "${text}" is no duration. Give one such as 30m, 2h or 1h30m.`);
	return ms;
}

function reasonOf(text: string | undefined): string | undefined {
	if (text !== undefined && text.length > reasonMax)
		throw misuse(`the reason is ${text.length} characters long; the log takes ${reasonMax}`);
	return text?.trim() || undefined;
}

function say(context: Context, lines: readonly string[]): void {
	for (const line of lines) context.say(line);
}

const reasonMax = 2_000;

/** Pausing, stopping, resuming: an entry in the log, which holds whether or not a process is there to read it. */
import { type DataOf, type Draft, type FactoryState, parseDuration } from "@shopfloor/core";
import { currentState, type FileFloor, instant, readConfig } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { didYouMean } from "../did-you-mean.ts";
import { ecosystem } from "../factory/ecosystem.ts";
import { misuse } from "../failure.ts";
import { takenSeats } from "../seats.ts";
import { timesFor } from "../times.ts";
import { withFloor } from "../with-floor.ts";
import { byOf } from "./by.ts";
import type { PauseOptions } from "./commands.ts";
import { alreadyHeld, notHeld, paused, resumed, stopped } from "./messages.ts";
import { knownScopes } from "./scopes.ts";

export async function pause(context: Context, scope: string, options: PauseOptions): Promise<void> {
	const reason = reasonOf(options.reason) ?? "no reason given";
	const until = options.for === undefined ? undefined : instant(context.clock.now() + durationOf(options.for));
	await withFloor(context, async (floor) => {
		const state = await currentState(floor);
		refuseUnknown(context, state, scope);
		const standing = state.steering.pauses[scope];
		const lastsAsLong = standing?.until === until;
		if (standing !== undefined && (standing.kind === "stop" || lastsAsLong))
			return say(context, alreadyHeld(scope, "pause", standing, timesFor(context.clock.now(), context.timeZone)));
		await append(context, floor, "paused", { scope, kind: "pause", reason, ...(until && { until }) });
		say(context, paused(scope, until, await aliveIn(floor), timesFor(context.clock.now(), context.timeZone)));
	});
}

export async function stop(context: Context, options: PauseOptions): Promise<void> {
	const reason = reasonOf(options.reason) ?? "no reason given";
	await withFloor(context, async (floor) => {
		const standing = (await currentState(floor)).steering.pauses["all"];
		if (standing?.kind === "stop")
			return say(context, alreadyHeld("all", "stop", standing, timesFor(context.clock.now(), context.timeZone)));
		await append(context, floor, "paused", { scope: "all", kind: "stop", reason });
		say(context, stopped(await aliveIn(floor)));
	});
}

export async function resume(context: Context, scope: string, options: PauseOptions): Promise<void> {
	const reason = reasonOf(options.reason);
	await withFloor(context, async (floor) => {
		const state = await currentState(floor);
		refuseUnknown(context, state, scope);
		const { [scope]: standing, ...others } = state.steering.pauses;
		const left = Object.entries(others).map(([name, { kind }]) => ({ scope: name, kind }));
		if (standing === undefined) return say(context, notHeld(scope, left));
		await append(context, floor, "resumed", { scope, ...(reason && { reason }) });
		say(context, resumed(scope, standing, left, await aliveIn(floor)));
	});
}

async function append<T extends "paused" | "resumed">(
	{ user }: Context,
	{ log }: FileFloor,
	type: T,
	data: DataOf<T>,
): Promise<void> {
	await log.append([{ type, by: byOf(user), data } as Draft]);
}

function refuseUnknown({ places, environment }: Context, state: FactoryState, scope: string): void {
	const found = readConfig(places.config);
	const configured = "config" in found ? ecosystem(found.config, places, environment).map(({ name }) => name) : [];
	const known = knownScopes(state, configured);
	if (!known.includes(scope)) throw misuse(`"${scope}" is nothing that can be paused. ${didYouMean(scope, known)}`);
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

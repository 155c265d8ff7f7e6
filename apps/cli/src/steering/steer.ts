/** Pausing, stopping, resuming: what a person types, and what it came to. */
import { parseDuration } from "@shopfloor/core";
import { type FileFloor, instant } from "@shopfloor/core/io";
import { configIn, type Hold, hold, resume, sentenceMax, takenSeats, type UnknownScope } from "@shopfloor/core/person";
import type { Context } from "../context.ts";
import { didYouMean } from "../did-you-mean.ts";
import { exitCodes, Failure, misuse } from "../failure.ts";
import { personAt } from "../person.ts";
import { timesFor } from "../times.ts";
import { changingFloor } from "../with-floor.ts";
import { alreadyHeld, notHeld, paused, resumed, stopped } from "./messages.ts";
import type { PauseOptions } from "./options.ts";

/** What holds already is said, and not written again. */
export async function pauseOrStop(
	context: Context,
	kind: Hold["kind"],
	scope: string,
	options: PauseOptions,
): Promise<void> {
	const reason = reasonOf(options.reason) ?? "no reason given";
	const until = options.for === undefined ? undefined : instant(context.clock.now() + durationOf(options.for));
	await changingFloor(context, async (floor) => {
		const wish: Hold = kind === "stop" ? { kind, scope, reason } : { kind, scope, reason, ...(until && { until }) };
		const held = await hold(floor, personAt(context), wish, configIn(context.places.config));
		if (held.kind === "unknown-scope") throw unknown(scope, held);
		if (held.kind === "id-taken") throw new Error("a person at a terminal has no ids");
		const times = timesFor(context.clock.now(), context.timeZone);
		const alive = await aliveIn(floor);
		if (held.kind === "already") say(context, alreadyHeld(scope, kind, held.standing, times));
		else say(context, kind === "stop" ? stopped(scope, alive) : paused(scope, until, alive, times));
		if (held.unended !== null) throw new Failure(exitCodes.failed, `it holds; but ${held.unended}`);
	});
}

export async function goOn(context: Context, scope: string, options: PauseOptions): Promise<void> {
	const reason = reasonOf(options.reason);
	await changingFloor(context, async (floor) => {
		const wish = { scope, ...(reason && { reason }) };
		const found = await resume(floor, personAt(context), wish, configIn(context.places.config));
		if (found.kind === "unknown-scope") throw unknown(scope, found);
		if (found.kind === "not-held") return say(context, notHeld(scope, found.left));
		if (found.kind === "id-taken") throw new Error("a person at a terminal has no ids");
		say(context, resumed(scope, found.lifted, found.left, await aliveIn(floor)));
	});
}

function unknown(scope: string, { known }: UnknownScope): Failure {
	return misuse(`"${scope}" is nothing that can be paused. ${didYouMean(scope, known)}`);
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
	if (text !== undefined && text.length > sentenceMax)
		throw misuse(`the reason is ${text.length} characters long; the log takes ${sentenceMax}`);
	return text?.trim() || undefined;
}

function say(context: Context, lines: readonly string[]): void {
	for (const line of lines) context.say(line);
}

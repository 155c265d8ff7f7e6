/** What pausing, stopping and resuming say: what holds now, what happens next, how to undo it. Pure. */
import { type FactoryState, oneLine } from "@shopfloor/core";
import { invocation } from "../examples.ts";
import type { Times } from "../times.ts";

type Pause = FactoryState["steering"]["pauses"][string];
type Kind = Pause["kind"];
export interface Held {
	readonly scope: string;
	readonly kind: Kind;
}

export function paused(scope: string, until: string | undefined, alive: number, times: Times): string[] {
	const end = until === undefined ? "" : ` until ${times.clock(until)}, when the scheduler lifts it`;
	return [
		`${subject(scope)} is paused${end}.`,
		"Running work finishes; nothing new starts, not even after a restart.",
		...whenNobodyRuns(alive),
		undo(scope),
	];
}

export function stopped(scope: string, alive: number): string[] {
	const rest = alive === 0 ? whenNobodyRuns(alive) : scope === "all" ? [stillUp(alive)] : [];
	return [
		`${subject(scope)} is stopped.`,
		"What is being worked on ends now; nothing starts, not even after a restart.",
		...rest,
		undo(scope),
	];
}

function stillUp(alive: number): string {
	const processes =
		alive === 1 ? "The process itself stays up and waits" : `The ${alive} processes themselves stay up and wait`;
	return `${processes}; npm stop ends that, too.`;
}

export function alreadyHeld(scope: string, asked: Kind, standing: Pause, times: Times): string[] {
	const { kind, by, at, reason, until } = standing;
	const more = asked === "pause" && kind === "stop" ? ", which is more than paused" : "";
	const end = until === undefined ? "" : `, until ${times.clock(until)}`;
	return [
		`${subject(scope)} is ${participle(kind)} already${more}: since ${times.clock(at)} (${times.age(at)})${end}, by ${oneLine(by)}: ${oneLine(reason)}`,
		undo(scope),
	];
}

export function resumed(scope: string, standing: Pause, left: readonly Held[], alive: number): string[] {
	const whole = left.some((held) => held.scope === "all");
	const next = whole
		? []
		: alive > 0
			? ["It goes on with the next turn, at once if something waits."]
			: ["No process runs; npm start brings them up."];
	return [`${subject(scope)} is no longer ${participle(standing.kind)}.`, ...next, ...stillHeld(left)];
}

export function notHeld(scope: string, left: readonly Held[]): string[] {
	return [`${subject(scope)} is not paused; nothing was changed.`, ...stillHeld(left)];
}

function stillHeld(left: readonly Held[]): string[] {
	return left.map(({ scope, kind }) => `${subject(scope)} is still ${participle(kind)}: ${resumeCommand(scope)}`);
}

function whenNobodyRuns(alive: number): string[] {
	return alive > 0 ? [] : ["No process runs at the moment; those that start find it in the log and wait."];
}

function undo(scope: string): string {
	return `To go on: ${resumeCommand(scope)}`;
}

function resumeCommand(scope: string): string {
	return `${invocation} resume${scope === "all" ? "" : ` ${oneLine(scope)}`}`;
}

function subject(scope: string): string {
	return scope === "all" ? "The factory" : oneLine(scope);
}

function participle(kind: Kind): string {
	return kind === "stop" ? "stopped" : "paused";
}

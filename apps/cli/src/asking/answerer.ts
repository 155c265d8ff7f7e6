/** Who answers what a person asks for through the log, and whether they are there to read it. Pure. */
import { type FactoryState, oneLine, standingPause } from "@shopfloor/core";
import { invocation, startCommand } from "../examples.ts";
import type { Seats } from "../seats.ts";

export interface Answerer {
	/** Of the process. */
	readonly name: string;
	/** Besides `all` and its name: what a pause may be aimed at to reach it. */
	readonly scopes: readonly string[];
}

export const scheduler: Answerer = { name: "scheduler", scopes: [] };
export const reviewer: Answerer = { name: "cto-reviewer", scopes: ["reviewer"] };

export function coderOf(session: string): Answerer {
	return { name: session, scopes: ["ralph", "coder"] };
}

export type Presence =
	| { readonly kind: "there" }
	| { readonly kind: "away" }
	/** It runs, and takes no turn. */
	| { readonly kind: "held"; readonly scope: string; readonly how: "paused" | "stopped"; readonly reason: string };

export function presenceOf({ name, scopes }: Answerer, state: FactoryState, seats: Seats, nowMs: number): Presence {
	if (seats[name] === undefined) return { kind: "away" };
	for (const scope of ["all", name, ...scopes]) {
		const pause = standingPause(state, scope, nowMs);
		if (pause === undefined) continue;
		return { kind: "held", scope, how: pause.kind === "stop" ? "stopped" : "paused", reason: pause.reason };
	}
	return { kind: "there" };
}

/** Why there is no answer yet, and what to do. */
export function whyNoAnswer(presence: Presence, { name }: Answerer): string[] {
	switch (presence.kind) {
		case "away":
			return [`${name} does not run. The request is written down, and done as soon as it runs: ${startCommand}`];
		case "held": {
			const whole = presence.scope === "all";
			const subject = whole ? "The factory" : oneLine(presence.scope);
			const resume = `${invocation} resume${whole ? "" : ` ${oneLine(presence.scope)}`}`;
			return [
				`${subject} is ${presence.how}: ${oneLine(presence.reason)}`,
				`The request is written down, and done when it goes on: ${resume}`,
			];
		}
		case "there":
			return [`${name} has not answered yet. The request is written down, and done in one of its next turns.`];
	}
}

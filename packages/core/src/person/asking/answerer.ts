/** Who answers what a person asks for through the log, and whether they are there to read it. */
import { type FactoryState, standingPause } from "../../model/factory-state.ts";
import { own } from "../../model/own.ts";
import type { Seats } from "../status/process-sight.ts";

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

/**
 * By what a trigger asks for; undefined for what nobody answers. A cycle that names no session is for all of them, and
 * the first one stands for them. Whether such a process is part of this factory, its configuration says.
 */
export function answererOf(what: string, subject = "ralph-1"): Answerer | undefined {
	switch (what) {
		case "review":
			return reviewer;
		case "cycle":
			return coderOf(subject);
		case "scale":
		case "health":
			return scheduler;
		case "doctor":
			return { name: "session-doctor", scopes: [] };
		case "standup":
			return { name: "standup", scopes: [] };
		case "self-improve":
			return { name: "moltbot", scopes: [] };
		case "ticket":
			return { name: "orchestrator", scopes: [] };
		default:
			return undefined;
	}
}

export type Presence =
	| { readonly kind: "there" }
	| { readonly kind: "away" }
	/** It runs, and takes no turn. */
	| { readonly kind: "held"; readonly scope: string; readonly how: "paused" | "stopped"; readonly reason: string };

export function presenceOf({ name, scopes }: Answerer, state: FactoryState, seats: Seats, nowMs: number): Presence {
	if (own(seats, name) === undefined) return { kind: "away" };
	for (const scope of ["all", name, ...scopes]) {
		const pause = standingPause(state, scope, nowMs);
		if (pause === undefined) continue;
		return { kind: "held", scope, how: pause.kind === "stop" ? "stopped" : "paused", reason: pause.reason };
	}
	return { kind: "there" };
}

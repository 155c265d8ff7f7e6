/** What each session is at and what it brought so far, as data. Pure. */
import { type FactoryState, own, standingPause, type Task } from "@shopfloor/core";
import { coderOf } from "../asking/answerer.ts";
import type { Seats } from "../seats.ts";
import { type ProcessSight, processSights } from "../status/process-sight.ts";
import { knownSessions } from "./names.ts";

export interface SessionSight {
	readonly name: string;
	/** False for what a former configuration left behind. */
	readonly configured: boolean;
	readonly process: Pick<ProcessSight, "state" | "since" | "doing">;
	/** Why it takes no turn, though its process runs. */
	readonly held: { readonly how: "paused" | "stopped"; readonly reason: string } | null;
	/** Without an id it is a small thing that the session found by itself. */
	readonly task: { readonly id: string | null; readonly title: string | null } | null;
	/** Null between two cycles. */
	readonly step: {
		readonly name: string;
		readonly cycle: number;
		readonly since: string;
		readonly began: string;
	} | null;
	readonly last: { readonly outcome: string; readonly reason: string; readonly at: string } | null;
	/** The doctor's last word. */
	readonly class: string | null;
	readonly cycles: number;
	readonly landed: number;
	readonly usd: number;
}

export interface SessionsQuestion {
	readonly state: FactoryState;
	readonly seats: Seats;
	readonly tasks: readonly Task[];
	readonly configured: readonly string[];
	/** Changes that landed, by session. */
	readonly landed: ReadonlyMap<string, number>;
	readonly heartbeatMs: number;
	readonly nowMs: number;
}

export function sessionSights(question: SessionsQuestion): SessionSight[] {
	const { state, configured } = question;
	const shown = knownSessions(state, configured).filter((name) => configured.includes(name) || isOfUse(name, question));
	return shown.map((name) => sightOf(name, question));
}

/** What an earlier configuration left behind is worth a line while it lives, or brought something. */
function isOfUse(name: string, { state, seats }: SessionsQuestion): boolean {
	return seats[name] !== undefined || (own(state.work.sessions, name)?.cycles ?? 0) > 0;
}

function sightOf(name: string, question: SessionsQuestion): SessionSight {
	const { state, seats, tasks, configured, landed, heartbeatMs, nowMs } = question;
	const session = own(state.work.sessions, name);
	const cycle = own(state.work.cycles, name);
	const process = processSights({ state, seats, expected: [name], heartbeatMs, nowMs }).find(
		(one) => one.name === name,
	);
	const task = cycle?.task ?? session?.task ?? null;
	const title = tasks.find(({ id }) => id === task)?.title ?? cycle?.title ?? null;
	return {
		name,
		configured: configured.includes(name),
		process: { state: process?.state ?? "absent", since: process?.since ?? null, doing: process?.doing ?? "" },
		held: heldBy(name, state, nowMs),
		task: task === null && title === null ? null : { id: task, title },
		step: cycle === undefined ? null : { name: cycle.step, cycle: cycle.cycle, since: cycle.at, began: cycle.began },
		last: session?.outcome == null ? null : { outcome: session.outcome, reason: session.reason, at: session.at },
		class: session?.class ?? null,
		cycles: session?.cycles ?? 0,
		landed: landed.get(name) ?? 0,
		usd: session?.usd ?? 0,
	};
}

function heldBy(name: string, state: FactoryState, nowMs: number): SessionSight["held"] {
	for (const scope of ["all", name, ...coderOf(name).scopes]) {
		const pause = standingPause(state, scope, nowMs);
		if (pause !== undefined) return { how: pause.kind === "stop" ? "stopped" : "paused", reason: pause.reason };
	}
	return null;
}

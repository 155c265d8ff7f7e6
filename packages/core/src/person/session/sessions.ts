/** What each session is at and what it brought so far, as data. */
import type { FactoryConfig } from "../../model/config.ts";
import type { Entry } from "../../model/entry.ts";
import { type FactoryState, standingPause } from "../../model/factory-state.ts";
import { own } from "../../model/own.ts";
import { processNames } from "../../model/process-names.ts";
import type { Task } from "../../model/task-queue.ts";
import { coderOf } from "../asking/answerer.ts";
import { type ProcessSight, processSights, type Seats } from "../status/process-sight.ts";

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

interface SessionsQuestion {
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

/** Those that are configured; none where the configuration has faults. */
export function configuredSessions(config: FactoryConfig | undefined): string[] {
	return config === undefined ? [] : processNames(config).filter((name) => /^ralph-\d+$/.test(name));
}

/** Also those that were there once, ralph-2 before ralph-10. */
function knownSessions({ work }: FactoryState, configured: readonly string[]): string[] {
	const names = new Set([...configured, ...Object.keys(work.sessions), ...Object.keys(work.cycles)]);
	return [...names].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

export function landedBySession(entries: readonly Entry[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const entry of entries) {
		const session = entry.type === "change_landed" ? entry.data.session : undefined;
		if (session !== undefined) counts.set(session, (counts.get(session) ?? 0) + 1);
	}
	return counts;
}

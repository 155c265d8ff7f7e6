/** Spending as the command shows it, for people and as JSON. Pure. */

import { budgetScope } from "@shopfloor/agents";
import {
	type FactoryConfig,
	type FactoryState,
	type Reservation,
	type Spending,
	spentOnDay,
	standingPause,
	type Tally,
} from "@shopfloor/core";
import type { Grouping } from "./query.ts";
import { type Saved, savedBy } from "./saved.ts";

type Budget = FactoryConfig["budget"];

/** What counts against a cap; `leftUsd` may be negative, by what a call overshot. Null where the caps are not known. */
export interface Counted {
	readonly settledUsd: number;
	readonly reservedUsd: number;
	readonly capUsd: number | null;
	readonly leftUsd: number | null;
}

interface Row extends Tally {
	readonly name: string;
}

export interface Cost {
	readonly at: string;
	readonly today: Counted & Tally & { readonly day: string };
	/** Roles with a cap of their own. */
	readonly roles: readonly (Counted & { readonly role: string })[];
	readonly caps: Pick<Budget, "perCall" | "perTask" | "perTicket" | "callsPerHour"> | null;
	/** Why nothing paid is called, if so. */
	readonly paused: FactoryState["steering"]["pauses"][string] | null;
	/** Oldest first. */
	readonly open: readonly (Reservation & { readonly call: string })[];
	readonly by: Grouping;
	/** Dearest first. Tasks are added up over their whole life, and have neither `done` nor `estimatedUsd`. */
	readonly rows: readonly (Pick<Row, "name" | "calls" | "usd"> & Partial<Row>)[];
	readonly total: Tally;
	/** Newest first; days without a call are left out. */
	readonly days: readonly Row[];
	readonly saved: readonly Saved[];
}

export interface CostQuestion {
	readonly state: FactoryState;
	/** Null where the configuration has faults. */
	readonly budget: Budget | null;
	readonly nowMs: number;
	readonly days: number;
	readonly by: Grouping;
}

export function costOf({ state, budget, nowMs, days: count, by }: CostQuestion): Cost {
	const { spending } = state;
	const at = new Date(nowMs).toISOString();
	const day = at.slice(0, 10);
	const known = spending.days[day] ?? none;
	const since = new Date(nowMs - (count - 1) * dayMs).toISOString().slice(0, 10);
	const days = Object.entries(spending.days).filter(([name]) => name >= since && name <= day);
	const tallies = days.flatMap(([, { byRole }]) =>
		Object.entries(byRole).flatMap(([role, agents]) =>
			Object.entries(agents).map(([agent, tally]) => ({ role, agent, tally })),
		),
	);
	return {
		at,
		today: { day, ...pick(known), ...counted(spentOnDay(spending, day), budget?.perDay) },
		roles: Object.entries(budget?.perRole ?? {}).map(([role, capUsd]) => ({
			role,
			...counted(spentOnDay(spending, day, role), capUsd),
		})),
		caps: budget === null ? null : capsOf(budget),
		paused: standingPause(state, budgetScope, nowMs) ?? null,
		open: Object.entries(spending.open)
			.map(([call, reservation]) => ({ call, ...reservation }))
			.sort((a, b) => a.seq - b.seq),
		by,
		rows: by === "task" ? taskRows(spending) : rowsOf(tallies.map((one) => ({ name: one[by], ...one.tally }))),
		total: days.reduce((sum, [, tally]) => plus(sum, tally), nothing),
		days: days.map(([name, tally]) => ({ name, ...pick(tally) })).sort((a, b) => (a.name < b.name ? 1 : -1)),
		saved: savedBy(tallies),
	};
}

const dayMs = 86_400_000;
const nothing: Tally = { calls: 0, done: 0, usd: 0, estimatedUsd: 0 };
const none = { ...nothing, byRole: {} };
/** The dearest; whoever looks for others asks the log. */
const tasksShown = 20;

function counted(
	{ settledUsd, reservedUsd }: { readonly settledUsd: number; readonly reservedUsd: number },
	capUsd: number | undefined,
): Counted {
	const leftUsd = capUsd === undefined ? null : capUsd - settledUsd - reservedUsd;
	return { settledUsd, reservedUsd, capUsd: capUsd ?? null, leftUsd };
}

function capsOf({ perCall, perTask, perTicket, callsPerHour }: Budget): Cost["caps"] {
	return { perCall, perTask, perTicket, callsPerHour };
}

function rowsOf(rows: readonly Row[]): Row[] {
	const sums = new Map<string, Tally>();
	for (const { name, ...tally } of rows) sums.set(name, plus(sums.get(name) ?? nothing, tally));
	return [...sums].map(([name, tally]) => ({ name, ...tally })).sort(dearest);
}

function taskRows({ tasks }: Spending): Cost["rows"] {
	return Object.entries(tasks)
		.map(([name, { usd, calls }]) => ({ name, calls, usd }))
		.sort(dearest)
		.slice(0, tasksShown);
}

function dearest(a: { readonly usd: number; readonly calls: number }, b: typeof a): number {
	return b.usd - a.usd || b.calls - a.calls;
}

function plus(a: Tally, b: Tally): Tally {
	return {
		calls: a.calls + b.calls,
		done: a.done + b.done,
		usd: a.usd + b.usd,
		estimatedUsd: a.estimatedUsd + b.estimatedUsd,
	};
}

function pick({ calls, done, usd, estimatedUsd }: Tally): Tally {
	return { calls, done, usd, estimatedUsd };
}

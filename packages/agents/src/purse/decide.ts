/** Whether a call may reserve what it asks for. Pure: the state, the caps, the request and the hour in; a word out. */
import {
	callsLastHour,
	type FactoryConfig,
	type FactoryState,
	type Spent,
	spentOnDay,
	spentOnTask,
	spentOnTicket,
	standingPause,
	toMs,
} from "@shopfloor/core";
import type { Role } from "../port/job.ts";

export type Budget = FactoryConfig["budget"];

export interface Request {
	readonly role: Role;
	/** Its name in the configuration. */
	readonly agent: string;
	/** Where another agent's name stands for its provider. */
	readonly provider?: string;
	readonly model?: string;
	readonly session?: string;
	readonly task?: string;
	readonly ticket?: string;
	/** `<name>@<hash>`, of what it is called with. */
	readonly prompt?: string;
	/** The most that the call may cost, its last turn included. 0 for an agent that costs nothing. */
	readonly usd: number;
	/** The longest that it may take. */
	readonly wallMs: number;
}

/** What is paused when the day's cap is reached, and resumed by a person: everything that costs money, and nothing else. */
export const budgetScope = "budget";

/** What a cap is on. */
export type Scope =
	| { readonly kind: "call" }
	| { readonly kind: "day"; readonly day: string }
	| { readonly kind: "role"; readonly role: Role; readonly day: string }
	| { readonly kind: "task"; readonly task: string }
	| { readonly kind: "ticket"; readonly ticket: string };

/** The money is spent: nothing helps but the next day, or a person. */
export interface Over {
	readonly kind: "over";
	readonly scope: Scope;
	readonly capUsd: number;
	readonly spentUsd: number;
}

/** The money is there, and reserved for calls that are under way: they rarely use all of it. */
export interface Wait {
	readonly kind: "wait";
	readonly scope: Scope;
	readonly capUsd: number;
	readonly spentUsd: number;
	readonly reservedUsd: number;
}

/** Nobody works at this rate; it is a loop. */
export interface TooFast {
	readonly kind: "too-fast";
	readonly role: Role;
	readonly calls: number;
	readonly callsMax: number;
}

/** Nothing paid is called for now: the day's cap was reached, or a person said so. */
export interface BudgetPaused {
	readonly kind: "paused";
	readonly reason: string;
	readonly until?: string;
}

export type Decision = { readonly kind: "fits" } | Over | Wait | TooFast | BudgetPaused;

export function decideReservation(state: FactoryState, budget: Budget, request: Request, now: string): Decision {
	const pause = standingPause(state, budgetScope, toMs(now));
	if (pause !== undefined)
		return { kind: "paused", reason: pause.reason, ...(pause.until === undefined ? {} : { until: pause.until }) };
	const calls = callsLastHour(state.spending, request.role, now);
	if (calls >= budget.callsPerHour)
		return { kind: "too-fast", role: request.role, calls, callsMax: budget.callsPerHour };
	const decisions = accountsOf(state, budget, request, now.slice(0, 10)).map((account) => decide(account, request.usd));
	return decisions.find(({ kind }) => kind === "over") ?? decisions.find(({ kind }) => kind === "wait") ?? fits;
}

const fits: Decision = { kind: "fits" };

interface Account extends Spent {
	readonly scope: Scope;
	readonly capUsd: number;
}

function accountsOf(
	{ spending }: FactoryState,
	budget: Budget,
	{ role, task, ticket }: Request,
	day: string,
): readonly Account[] {
	const perRole = budget.perRole[role];
	return [
		{ scope: { kind: "call" }, capUsd: budget.perCall, settledUsd: 0, reservedUsd: 0 },
		{ scope: { kind: "day", day }, capUsd: budget.perDay, ...spentOnDay(spending, day) },
		...(perRole === undefined
			? []
			: [{ scope: { kind: "role", role, day } as const, capUsd: perRole, ...spentOnDay(spending, day, role) }]),
		...(task === undefined
			? []
			: [{ scope: { kind: "task", task } as const, capUsd: budget.perTask, ...spentOnTask(spending, task) }]),
		...(ticket === undefined
			? []
			: [{ scope: { kind: "ticket", ticket } as const, capUsd: budget.perTicket, ...spentOnTicket(spending, ticket) }]),
	];
}

function decide({ scope, capUsd, settledUsd, reservedUsd }: Account, usd: number): Decision {
	const about = { scope, capUsd, spentUsd: settledUsd };
	if (isMore(settledUsd + usd, capUsd)) return { kind: "over", ...about };
	if (isMore(settledUsd + reservedUsd + usd, capUsd)) return { kind: "wait", ...about, reservedUsd };
	return fits;
}

/** Ten times ten cents are not quite a dollar to a computer. */
function isMore(usd: number, capUsd: number): boolean {
	return usd > capUsd + 1e-9;
}

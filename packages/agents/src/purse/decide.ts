/** Whether a call may reserve, and how much. Pure: the state, the caps, the request and the hour in; a word out. */
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

/** The money is spent, or what is left is too little: nothing helps but the next day, or a person. */
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

/** It may reserve this: what it asks for, or all that is left. */
interface Fits {
	readonly kind: "fits";
	readonly usd: number;
}

export type Decision = Fits | Over | Wait | TooFast | BudgetPaused;

/**
 * Where a cap leaves less than a call asks for, the call gets what is left, if it can do something with it. It then has
 * that cap to itself: nobody else's reservation is open there, so that its overshoot is the only one.
 */
export function decideReservation(state: FactoryState, budget: Budget, request: Request, now: string): Decision {
	const pause = standingPause(state, budgetScope, toMs(now));
	if (pause !== undefined)
		return { kind: "paused", reason: pause.reason, ...(pause.until === undefined ? {} : { until: pause.until }) };
	const calls = callsLastHour(state.spending, request.role, now);
	if (calls >= budget.callsPerHour)
		return { kind: "too-fast", role: request.role, calls, callsMax: budget.callsPerHour };
	// Nothing uses this cap up: whoever asks for more made a mistake, and is told.
	if (isMore(request.usd, budget.perCall))
		return { kind: "over", scope: { kind: "call" }, capUsd: budget.perCall, spentUsd: 0 };
	const accounts = accountsOf(state, budget, request, now.slice(0, 10));
	const spent = accounts.find((account) => isMore(leastOf(request.usd), leftIn(account)));
	if (spent !== undefined) return { kind: "over", ...about(spent) };
	const left = Math.min(...accounts.map(leftIn));
	const usd = isMore(request.usd, left) ? left : request.usd;
	const taken = accounts.find((account) => isMore(usd, leftIn(account) - account.reservedUsd));
	if (taken !== undefined) return { kind: "wait", ...about(taken), reservedUsd: taken.reservedUsd };
	return { kind: "fits", usd };
}

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
		{ scope: { kind: "day", day }, capUsd: budget.perDay, ...spentOnDay(spending, day) },
		...(perRole === undefined
			? []
			: [{ scope: { kind: "role", role, day } as const, capUsd: perRole, ...spentOnDay(spending, day, role) }]),
		// What a task's change cost to make is no reason to leave it unread.
		...(task === undefined || role === "reviewer"
			? []
			: [{ scope: { kind: "task", task } as const, capUsd: budget.perTask, ...spentOnTask(spending, task) }]),
		...(ticket === undefined
			? []
			: [{ scope: { kind: "ticket", ticket } as const, capUsd: budget.perTicket, ...spentOnTicket(spending, ticket) }]),
	];
}

/** What others have reserved is left: they rarely use all of it. */
function leftIn({ capUsd, settledUsd }: Account): number {
	return capUsd - settledUsd;
}

function about({ scope, capUsd, settledUsd }: Account): Pick<Over, "scope" | "capUsd" | "spentUsd"> {
	return { scope, capUsd, spentUsd: settledUsd };
}

/** With less than this a call ends before it comes to anything, and the money is gone. */
function leastOf(usd: number): number {
	return Math.min(usd, Math.max(usd * leastShare, leastUsd));
}

const leastShare = 0.25;
const leastUsd = 0.05;

/** Ten times ten cents are not quite a dollar to a computer. */
function isMore(usd: number, capUsd: number): boolean {
	return usd > capUsd + 1e-9;
}

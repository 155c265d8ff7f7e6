/**
 * What the built-in agent saved: each call that it ended well, at what a paid call of the same role cost on average in
 * the same days. Where a role made no paid call there is nothing to compare with, and nothing is claimed. Pure.
 */
import { builtinAgent, type Tally } from "@shopfloor/core";

export interface Saved {
	readonly role: string;
	/** Ended well by the built-in agent. */
	readonly calls: number;
	readonly averageUsd: number;
	readonly usd: number;
}

export interface Called {
	readonly role: string;
	readonly agent: string;
	readonly tally: Tally;
}

export function savedBy(called: readonly Called[]): Saved[] {
	const roles = [...new Set(called.map(({ role }) => role))].sort();
	return roles.flatMap((role) => {
		const mine = called.filter((one) => one.role === role);
		const calls = sum(mine, ({ agent, tally }) => (agent === builtinAgent ? tally.done : 0));
		const paidUsd = sum(mine, ({ agent, tally }) => (agent === builtinAgent ? 0 : tally.usd));
		const paidCalls = sum(mine, ({ agent, tally }) => (agent === builtinAgent ? 0 : tally.calls));
		if (calls === 0 || paidUsd === 0) return [];
		const averageUsd = paidUsd / paidCalls;
		return [{ role, calls, averageUsd, usd: calls * averageUsd }];
	});
}

function sum(called: readonly Called[], of: (one: Called) => number): number {
	return called.reduce((total, one) => total + of(one), 0);
}

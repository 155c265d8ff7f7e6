/** What counts against a cap at this moment: what was settled, and what is reserved as if it were spent. */
import { toMs } from "../instant.ts";
import { own } from "../own.ts";
import { type Account, type Day, paceSlotMs, paceSlots, type Reservation, type Spending } from "./spending.ts";

export interface Spent {
	readonly settledUsd: number;
	readonly reservedUsd: number;
}

/** Of a day (`2026-01-31`), as a whole or by one role. */
export function spentOnDay({ days, open }: Spending, day: string, role?: string): Spent {
	const on = own(days, day);
	return {
		settledUsd: role === undefined ? (on?.usd ?? 0) : ofRole(on, role),
		reservedUsd: reservedBy(open, (one) => one.day === day && (role === undefined || one.role === role)),
	};
}

export function spentOnTask({ tasks, open }: Spending, task: string): Spent {
	return { settledUsd: accountOf(tasks, task), reservedUsd: reservedBy(open, (one) => one.task === task) };
}

export function spentOnTicket({ tickets, open }: Spending, ticket: string): Spent {
	return { settledUsd: accountOf(tickets, ticket), reservedUsd: reservedBy(open, (one) => one.ticket === ticket) };
}

/** Reservations of a role in the last hour, counted to a few minutes more rather than less. */
export function callsLastHour({ pace }: Spending, role: string, now: string): number {
	const slot = Math.floor(toMs(now) / paceSlotMs);
	return Object.entries(own(pace, role) ?? {})
		.filter(([at]) => Math.abs(Number(at) - slot) < paceSlots)
		.reduce((sum, [, calls]) => sum + calls, 0);
}

function ofRole(day: Day | undefined, role: string): number {
	const agents = Object.values((day && own(day.byRole, role)) ?? {});
	return agents.reduce((sum, { usd }) => sum + usd, 0);
}

function accountOf(accounts: Readonly<Record<string, Account>>, name: string): number {
	return own(accounts, name)?.usd ?? 0;
}

function reservedBy(open: Spending["open"], counts: (reservation: Reservation) => boolean): number {
	return Object.values(open)
		.filter(counts)
		.reduce((sum, { usd }) => sum + usd, 0);
}

/**
 * What is spent and what is reserved, from the log alone. A reservation belongs to the day (UTC) on which it was
 * written, and so does what it turns into. Each call is charged once: by the first settlement of its reservation.
 */
import type { DataOf, Entry, Seq } from "../entry.ts";
import { toMs } from "../instant.ts";
import { own } from "../own.ts";
import { newest } from "./newest.ts";

export interface Spending {
	/** Settled calls, keyed `2026-01-31`. */
	readonly days: Readonly<Record<string, Day>>;
	/** Reserved and not settled, by call. */
	readonly open: Readonly<Record<string, Reservation>>;
	/** Seq of the newest reservation that holds. */
	readonly reservation: Seq;
	readonly tasks: Readonly<Record<string, Account>>;
	readonly tickets: Readonly<Record<string, Account>>;
	/** Reservations of the last hour by role, in parts of `paceSlotMs`, numbered since 1970. */
	readonly pace: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface Tally {
	readonly calls: number;
	/** Those that ended well. */
	readonly done: number;
	readonly usd: number;
	/** The part of `usd` that no program reported and the factory estimated. */
	readonly estimatedUsd: number;
}

export interface Day extends Tally {
	/** By role, and in it by agent. */
	readonly byRole: Readonly<Record<string, Readonly<Record<string, Tally>>>>;
}

/** A task's or a ticket's settled calls, whatever the day. */
export interface Account {
	readonly usd: number;
	readonly calls: number;
	/** Of its last call; the least recently used are forgotten. */
	readonly seq: Seq;
}

export interface Reservation extends Omit<DataOf<"call_reserved">, "call" | "after"> {
	readonly day: string;
	readonly at: string;
	readonly seq: Seq;
}

export const noSpending: Spending = { days: {}, open: {}, reservation: 0, tasks: {}, tickets: {}, pace: {} };

export const paceSlotMs = 5 * 60_000;
/** An hour's, and the one that is under way. */
export const paceSlots = 13;

const daysKept = 35;
/** More calls at once than any machine runs. */
export const openMax = 200;
/** Tasks and tickets that were worked on lately. */
const accountsKept = 500;
/** Roles are seven, and agents a handful; a log with more names than this keeps its sums and loses the names. */
const namesKept = 32;

export function foldSpending(spending: Spending, entry: Entry): Spending {
	if (entry.type === "call_reserved") return reserved(spending, entry);
	if (entry.type !== "agent_called") return spending;
	const { call } = entry.data;
	if (call === undefined) return charged(spending, { ...entry.data, day: entry.ts.slice(0, 10), seq: entry.seq });
	const { [call]: reservation, ...open } = spending.open;
	// Settled before, or never valid.
	if (reservation === undefined || !Object.hasOwn(spending.open, call)) return spending;
	const { usd, estimated, outcome } = entry.data;
	return charged({ ...spending, open }, { ...reservation, usd, estimated, outcome, seq: entry.seq });
}

function reserved(spending: Spending, { data, seq, ts }: Extract<Entry, { type: "call_reserved" }>): Spending {
	const { call, after, ...reservation } = data;
	if (after !== spending.reservation || Object.hasOwn(spending.open, call)) return spending;
	const next = {
		...spending,
		open: { ...spending.open, [call]: { ...reservation, day: ts.slice(0, 10), at: ts, seq } },
		reservation: seq,
		pace: paced(spending.pace, data.role, ts),
	};
	return Object.keys(next.open).length > openMax ? withoutOldest(next) : next;
}

/** What can no longer be remembered as open is charged in full: forgetting it would be a gift. */
function withoutOldest(spending: Spending): Spending {
	const [oldest] = Object.entries(spending.open).sort(([, a], [, b]) => a.seq - b.seq);
	if (oldest === undefined) return spending;
	const { [oldest[0]]: reservation = oldest[1], ...open } = spending.open;
	return charged({ ...spending, open }, { ...reservation, estimated: true, outcome: "lost" });
}

interface Charge extends Pick<DataOf<"agent_called">, "role" | "agent" | "usd" | "estimated" | "outcome"> {
	readonly task?: string | undefined;
	readonly ticket?: string | undefined;
	readonly day: string;
	readonly seq: Seq;
}

function charged(spending: Spending, charge: Charge): Spending {
	const { day, task, ticket } = charge;
	const days = { ...spending.days, [day]: onDay(own(spending.days, day) ?? { ...nothing, byRole: {} }, charge) };
	for (const old of Object.keys(days).sort().slice(0, -daysKept)) delete days[old];
	return {
		...spending,
		days,
		tasks: task === undefined ? spending.tasks : onAccount(spending.tasks, task, charge),
		tickets: ticket === undefined ? spending.tickets : onAccount(spending.tickets, ticket, charge),
	};
}

const nothing: Tally = { calls: 0, done: 0, usd: 0, estimatedUsd: 0 };

function onDay(day: Day, charge: Charge): Day {
	const role = nameIn(day.byRole, charge.role);
	const agents = own(day.byRole, role) ?? {};
	const agent = nameIn(agents, charge.agent);
	return {
		...added(day, charge),
		byRole: { ...day.byRole, [role]: { ...agents, [agent]: added(own(agents, agent) ?? nothing, charge) } },
	};
}

function nameIn(names: Readonly<Record<string, unknown>>, name: string): string {
	return Object.hasOwn(names, name) || Object.keys(names).length < namesKept ? name : "other";
}

function added(tally: Tally, { usd, estimated, outcome }: Charge): Tally {
	return {
		calls: tally.calls + 1,
		done: tally.done + (outcome === "done" ? 1 : 0),
		usd: tally.usd + usd,
		estimatedUsd: tally.estimatedUsd + (estimated ? usd : 0),
	};
}

function onAccount(accounts: Spending["tasks"], name: string, { usd, seq }: Charge): Spending["tasks"] {
	const { usd: before, calls } = own(accounts, name) ?? { usd: 0, calls: 0 };
	return newest({ ...accounts, [name]: { usd: before + usd, calls: calls + 1, seq } }, accountsKept);
}

function paced(pace: Spending["pace"], role: string, ts: string): Spending["pace"] {
	const slot = Math.floor(toMs(ts) / paceSlotMs);
	const within = (name: string) => Math.abs(Number(name) - slot) < paceSlots;
	const kept = Object.entries({ ...pace, [role]: own(pace, role) ?? {} }).map(([name, counts]) => {
		const recent = Object.fromEntries(Object.entries(counts).filter(([at]) => within(at)));
		return [name, name === role ? { ...recent, [slot]: (own(recent, String(slot)) ?? 0) + 1 } : recent] as const;
	});
	return Object.fromEntries(kept.filter(([name, counts]) => name === role || Object.keys(counts).length > 0));
}

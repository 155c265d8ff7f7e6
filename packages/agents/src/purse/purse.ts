/**
 * The purse: money is reserved before a call and settled after it, by entries of the log, so that every process knows
 * what all of them together have spent and may still have to pay.
 *
 * A reservation is decided on the newest state, by one process at a time. The lease that sees to this can be lost by a
 * process that is stopped in the middle; therefore the entry names the reservation before it, and the fold takes no
 * notice of one that was overtaken.
 */
import { randomUUID } from "node:crypto";
import { type Draft, type Entry, type FactoryState, fold, type Seq } from "@shopfloor/core";
import { type Clock, crashAt, currentState, type Floor, instant, ShopfloorError, uniqueName } from "@shopfloor/core/io";
import type { Outcome } from "../port/outcome.ts";
import { type Charge, chargeFor, hasTokens } from "./charge.ts";
import {
	type Budget,
	type BudgetPaused,
	decideReservation,
	type Over,
	type Request,
	type TooFast,
	type Wait,
} from "./decide.ts";
import { estimateUsd } from "./estimate.ts";
import { lostCalls } from "./lost.ts";
import { newsOfOver, newsOfTooFast } from "./news.ts";
import { type Reserved, settlementOf } from "./settlement.ts";

export type ReserveResult = Reserved | Over | Wait | TooFast | BudgetPaused;

export interface Purse {
	/**
	 * What is reserved is the request of the result, which may be for less than was asked. Refusals are told to the log,
	 * and pause what has to wait. The signal ends the wait for others.
	 */
	reserve(request: Request, signal?: AbortSignal): Promise<ReserveResult>;
	/** What was charged. Once a call's reservation is settled, settling it again changes nothing. */
	settle(reserved: Reserved, outcome: Outcome): Promise<Charge>;
	/** Settles what dead processes left, and what must be over; returns how many. Also done before every reservation. */
	settleLost(): Promise<number>;
}

export interface PurseOptions {
	readonly floor: Pick<Floor, "log" | "leases" | "records">;
	/** Who writes: the process's name. */
	readonly by: string;
	readonly budget: Budget;
	readonly clock: Clock;
}

/** One reservation takes a fraction of a second; a holder that stands still for this long is passed over. */
const leaseMs = 10_000;
/** Each session may stand in line for its turn; longer than this something is wrong with the floor. */
const lineMs = 120_000;
/** Overtaken means that the lease was lost, which a machine that keeps stopping us may bring about a few times. */
const triesMax = 5;
/** After its time is over a run is ended by force and cleaned up after, which takes seconds. */
const endingMs = 60_000;
/** Limits are checked between turns. A turn that reads a full context costs about a fifth of what a call may. */
const limitShare = 0.8;

export function openPurse({ floor, by, budget, clock }: PurseOptions): Purse {
	async function reserve(request: Request, signal?: AbortSignal): Promise<ReserveResult> {
		if (!Number.isFinite(request.usd) || request.usd < 0)
			throw new Error(`a call cannot ask for ${request.usd} dollars`);
		if (request.usd === 0) return reservedFor(randomUUID(), request);
		for (let tries = 1; tries <= triesMax; tries++) {
			const result = await inTurn(signal, () => reserveNow(request));
			if (result !== undefined) return result;
		}
		throw new ShopfloorError(
			"lease-lost",
			`reserving for a call: others went ahead ${triesMax} times in a row. Is this process being stopped and continued?`,
		);
	}

	async function inTurn<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
		const bound = AbortSignal.timeout(lineMs);
		const lease = await floor.leases
			.hold("purse", {
				slots: 1,
				ttlMs: leaseMs,
				signal: signal === undefined ? bound : AbortSignal.any([signal, bound]),
			})
			.catch((error: unknown) => {
				if (!bound.aborted || signal?.aborted) throw error;
				throw new ShopfloorError("lock-busy", "reserving for a call: the purse was in use for two minutes.", {
					cause: error,
				});
			});
		try {
			return await work();
		} finally {
			await lease.release();
		}
	}

	/** Undefined when somebody else reserved in between. */
	async function reserveNow(request: Request): Promise<ReserveResult | undefined> {
		await settleLost();
		const state = await currentState(floor);
		const now = clock.now();
		const decision = decideReservation(state, budget, request, instant(now));
		if (decision.kind === "over") await floor.log.append(newsOfOver(decision, by, state, instant(now)));
		if (decision.kind === "too-fast") await floor.log.append(newsOfTooFast(decision, by, now));
		if (decision.kind !== "fits") return decision;
		const call = randomUUID();
		const granted = { ...request, usd: decision.usd };
		crashAt("purse.reserve.before");
		const [entry] = await floor.log.append([reservation(call, granted, state.spending.reservation, now)]);
		crashAt("purse.reserve.after");
		const after = await caughtUp(state, (entry as Entry).seq);
		return Object.hasOwn(after.spending.open, call) ? reservedFor(call, granted) : undefined;
	}

	function reservation(call: string, request: Request, after: Seq, now: number): Draft {
		const { wallMs, usd, ...who } = request;
		const until = instant(now + wallMs + endingMs);
		return { type: "call_reserved", by, data: { call, ...who, usd, until, owner: uniqueName(), after } };
	}

	async function caughtUp(state: FactoryState, through: Seq): Promise<FactoryState> {
		let now = state;
		for await (const entry of floor.log.read(state.seq + 1)) {
			now = fold(now, entry);
			if (entry.seq >= through) break;
		}
		return now;
	}

	function reservedFor(call: string, request: Request): Reserved {
		return { kind: "reserved", call, request, limitUsd: request.usd * limitShare, startedAt: clock.watch() };
	}

	async function settle(reserved: Reserved, outcome: Outcome): Promise<Charge> {
		const charge = await chargeOf(reserved, outcome);
		crashAt("purse.settle.before");
		const [standing] = await floor.log.append(settlementOf(reserved, outcome, charge, { by, watchMs: clock.watch() }));
		crashAt("purse.settle.after");
		// Somebody may have settled it as lost before.
		return { ...charge, usd: (standing as Extract<Entry, { type: "agent_called" }>).data.usd };
	}

	async function chargeOf({ request }: Reserved, { usage }: Outcome): Promise<Charge> {
		const estimate =
			usage !== null && request.usd > 0 && hasTokens(usage)
				? await estimateUsd(request.model, usage, { prices: budget.prices, nowMs: clock.now() })
				: undefined;
		return chargeFor(usage, request.usd, estimate);
	}

	async function settleLost(): Promise<number> {
		const state = await currentState(floor);
		const lost = lostCalls(state, { by, nowMs: clock.now(), isGone: (owner) => floor.records.isGone(owner) });
		await floor.log.append(lost);
		crashAt("purse.lost.after");
		return lost.length;
	}

	return { reserve, settle, settleLost };
}

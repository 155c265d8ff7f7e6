/**
 * Leases over records: the same for every driver. A slot is held as long as its holder's beats go on; a contender
 * takes it when it has itself seen the beat stand still for the ttl, by its own watch, or when the driver knows that
 * the holder is gone. A holder stops trusting itself a fifth of the ttl before anybody may take over.
 *
 * A lease keeps two from doing the same work. It cannot keep a holder that was stopped in the middle of a write from
 * finishing it when it wakes up: what must happen once is fenced at its target, with `epoch` or a compare-and-swap.
 */
import { holds, leaseKind, letGo, renew, type Slot, take } from "../model/lease-record.ts";
import type { Clock } from "./clock.ts";
import { type Ledger, ledger } from "./ledger.ts";
import { uniqueName } from "./process-identity.ts";
import type { Records } from "./records.ts";
import { ShopfloorError } from "./shopfloor-error.ts";

export interface Lease {
	readonly name: string;
	readonly slot: number;
	/** Grows with every holding; whoever shows a smaller one comes from the past. */
	readonly epoch: number;
	/** Aborts when the lease can no longer be relied on. */
	readonly lost: AbortSignal;
	/** Call before every write that the lease protects; rejects with `lease-lost`. */
	check(): Promise<void>;
	release(): Promise<void>;
}

interface HoldOptions {
	readonly slots: number;
	readonly ttlMs: number;
	readonly signal?: AbortSignal;
}

export interface Leases {
	/** Waits for a free slot, until the signal aborts. */
	hold(name: string, options: HoldOptions): Promise<Lease>;
	/** A free slot now, or undefined. A holder that died counts as free at once, one that is silent only after its ttl. */
	tryHold(name: string, options: HoldOptions): Promise<Lease | undefined>;
	/** Who holds what, for people: names with the holders' identities. */
	held(name: string): Promise<readonly Slot[]>;
}

/** A waiter looks again at least this often, so that a holder's death is noticed in well under a second. */
const lookAgainMs = 250;
/** Part of the ttl after which a holder without a good renewal gives up. */
const trust = 0.8;
const renewals = 3;

export function recordLeases(records: Records, clock: Clock): Leases {
	const ledgerOf = (name: string) => ledger(records, leaseKind(name));
	async function attempt(name: string, options: HoldOptions, stillness: Stillness): Promise<Lease | undefined> {
		const holder = uniqueName();
		const started = clock.watch();
		let mine: Slot | undefined;
		await ledgerOf(name).update((record) => {
			const gone = record.slots.filter((slot) => records.isGone(slot.holder) || stillness.ranOut(slot));
			const taken = take(record, { slots: options.slots, holder, ttlMs: options.ttlMs, gone });
			mine = taken?.mine;
			return taken?.record ?? record;
		});
		return mine && holding(ledgerOf(name), clock, name, mine, started);
	}
	return {
		async hold(name, options) {
			const stillness = new Stillness(clock);
			for (;;) {
				options.signal?.throwIfAborted();
				const lease = await attempt(name, options, stillness);
				if (lease !== undefined) return lease;
				await records.changed(`leases/${name}`, lookAgainMs, options.signal);
			}
		},
		tryHold: (name, options) => attempt(name, options, new Stillness(clock)),
		held: async (name) => (await ledgerOf(name).read()).value.slots,
	};
}

/** Remembers since when each holder has not moved, by this process's own watch. */
class Stillness {
	readonly #clock: Clock;
	readonly #since = new Map<number, { beat: number; at: number }>();

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	ranOut(slot: Slot): boolean {
		const now = this.#clock.watch();
		const seen = this.#since.get(slot.epoch);
		if (seen === undefined || seen.beat !== slot.beat) {
			this.#since.set(slot.epoch, { beat: slot.beat, at: now });
			return false;
		}
		return now - seen.at >= slot.ttlMs;
	}
}

function holding(
	record: Ledger<Parameters<typeof holds>[0]>,
	clock: Clock,
	name: string,
	mine: Slot,
	started: number,
): Lease {
	const lost = new AbortController();
	const done = new AbortController();
	let trustedUntil = started + mine.ttlMs * trust;

	void keepAlive();
	return { name, slot: mine.slot, epoch: mine.epoch, lost: lost.signal, check, release };

	async function keepAlive(): Promise<void> {
		while (!done.signal.aborted && !lost.signal.aborted) {
			await clock.sleep(Math.min(mine.ttlMs / renewals, Math.max(0, trustedUntil - clock.watch())), done.signal);
			if (done.signal.aborted) return;
			const begun = clock.watch();
			if (begun >= trustedUntil) return lose();
			const renewed = await beat();
			if (renewed === "lost") return lose();
			if (renewed === "renewed") trustedUntil = begun + mine.ttlMs * trust;
		}
	}

	async function beat(): Promise<"renewed" | "lost" | "failed"> {
		let stands = false;
		try {
			await record.update((current) => {
				const renewed = renew(current, mine);
				stands = renewed !== undefined;
				return renewed ?? current;
			});
		} catch {
			// A full disk or a busy lock: trust runs on until it runs out, and then the lease is lost in time.
			return "failed";
		}
		return stands ? "renewed" : "lost";
	}

	function lose(): void {
		lost.abort(gone());
	}

	async function check(): Promise<void> {
		if (clock.watch() >= trustedUntil) lose();
		else if (!lost.signal.aborted && !holds((await record.read()).value, mine)) lose();
		if (lost.signal.aborted) throw gone();
	}

	async function release(): Promise<void> {
		done.abort();
		await record.update((current) => (holds(current, mine) ? letGo(current, mine) : current));
	}

	function gone(): ShopfloorError {
		return new ShopfloorError(
			"lease-lost",
			`the lease ${name} (epoch ${mine.epoch}) is not ours any more: this process stood still for too long, or somebody took it`,
		);
	}
}

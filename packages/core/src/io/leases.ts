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
import { diskError, isShopfloorError, ShopfloorError } from "./shopfloor-error.ts";

export interface Lease {
	readonly name: string;
	readonly slot: number;
	/** Grows with every holding; whoever shows a smaller one comes from the past. */
	readonly epoch: number;
	/** Aborts when the lease can no longer be relied on; the reason says why. */
	readonly lost: AbortSignal;
	/**
	 * Call before every write that the lease protects. Rejects with `lease-lost`; with the fault of the world that keeps
	 * the lease from being renewed (a full disk, a busy lock) while nobody has taken it.
	 */
	check(): Promise<void>;
	release(): Promise<void>;
}

export interface HoldOptions {
	readonly slots: number;
	readonly ttlMs: number;
	readonly signal?: AbortSignal;
	/** Told once, when it has to wait, with those who hold it now. */
	readonly waits?: (holders: readonly Slot[]) => void;
}

export interface Leases {
	/** Waits for a free slot, until the signal aborts. */
	hold(name: string, options: HoldOptions): Promise<Lease>;
	/** The same, but yields to living holders: resolves with one of them when each has shown, while we watched, that it lives. */
	holdUnlessAlive(name: string, options: HoldOptions): Promise<Lease | { readonly alive: Slot }>;
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
/** What keeps a record from being renewed, passes, and keeps others from taking it just as well. */
const passing = ["disk-full", "disk-error", "lock-busy", "lock-lost"] as const;

export function recordLeases(records: Records, clock: Clock): Leases {
	const ledgerOf = (name: string) => ledger(records, leaseKind(name));
	/** One of the slots, or those who hold them. */
	async function attempt(name: string, options: HoldOptions, watched: Watched): Promise<Lease | readonly Slot[]> {
		const holder = uniqueName();
		const started = clock.watch();
		let mine: Slot | undefined;
		let others: readonly Slot[] = [];
		await ledgerOf(name).update((record) => {
			const gone = record.slots.filter((slot) => records.isGone(slot.holder) || watched.ranOut(slot));
			const taken = take(record, { slots: options.slots, holder, ttlMs: options.ttlMs, gone });
			mine = taken?.mine;
			others = record.slots;
			return taken?.record ?? record;
		});
		return mine === undefined ? others : holding(ledgerOf(name), clock, name, mine, started);
	}
	async function wait<Y>(
		name: string,
		options: HoldOptions,
		yieldsTo: (others: readonly Slot[], watched: Watched) => Y | undefined,
	): Promise<Lease | Y> {
		const watched = new Watched(clock);
		for (let tries = 0; ; tries++) {
			options.signal?.throwIfAborted();
			const found = await attempt(name, options, watched);
			if (isLease(found)) return found;
			const yielded = yieldsTo(found, watched);
			if (yielded !== undefined) return yielded;
			if (tries === 0) options.waits?.(found);
			await records.changed(`leases/${name}`, lookAgainMs, options.signal);
		}
	}
	return {
		hold: (name, options) => wait<never>(name, options, () => undefined),
		holdUnlessAlive: (name, options) =>
			wait(name, options, ([first, ...others], watched) =>
				first !== undefined && [first, ...others].every((slot) => watched.moved(slot)) ? { alive: first } : undefined,
			),
		async tryHold(name, options) {
			const found = await attempt(name, options, new Watched(clock));
			return isLease(found) ? found : undefined;
		},
		held: async (name) => (await ledgerOf(name).read()).value.slots,
	};
}

function isLease(found: Lease | readonly Slot[]): found is Lease {
	return "check" in found;
}

/** Remembers since when each holder has not moved, by this process's own watch. */
class Watched {
	readonly #clock: Clock;
	readonly #since = new Map<number, { beat: number; at: number; moved: boolean }>();

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	ranOut(slot: Slot): boolean {
		const now = this.#clock.watch();
		const seen = this.#since.get(slot.epoch);
		if (seen === undefined || seen.beat !== slot.beat) {
			this.#since.set(slot.epoch, { beat: slot.beat, at: now, moved: seen !== undefined });
			return false;
		}
		return now - seen.at >= slot.ttlMs;
	}

	/** Its beat was seen to change. */
	moved(slot: Slot): boolean {
		return this.#since.get(slot.epoch)?.moved ?? false;
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
	/** What keeps the record, which still reads as ours, from being renewed. */
	let unrenewed: ShopfloorError | undefined;

	void keepAlive();
	return { name, slot: mine.slot, epoch: mine.epoch, lost: lost.signal, check, release };

	async function keepAlive(): Promise<void> {
		while (!done.signal.aborted && !lost.signal.aborted) {
			const trusted = unrenewed === undefined ? trustedUntil - clock.watch() : Number.POSITIVE_INFINITY;
			await clock.sleep(Math.min(mine.ttlMs / renewals, Math.max(0, trusted)), done.signal);
			if (done.signal.aborted) return;
			if (isOverdue()) return lose(gone());
			await renewNow();
		}
	}

	/**
	 * A disk that takes nothing from us takes no rival's name either: as long as the record says that it is ours, it is.
	 * Where that is not so (a busy lock, a quota of ours alone) a rival is seen at the next renewal, a third of the ttl
	 * later, and by `check` at once.
	 */
	function isOverdue(): boolean {
		return unrenewed === undefined && clock.watch() >= trustedUntil;
	}

	async function renewNow(): Promise<void> {
		const begun = clock.watch();
		try {
			let stands = false;
			await record.update((current) => {
				const renewed = renew(current, mine);
				stands = renewed !== undefined;
				return renewed ?? current;
			});
			if (!stands) return lose(gone());
			trustedUntil = begun + mine.ttlMs * trust;
			unrenewed = undefined;
		} catch (error) {
			const fault = diskError(error, `renewing the lease ${name}`);
			if (!isShopfloorError(fault, ...passing)) return lose(error);
			await outlast(fault);
		}
	}

	async function outlast(fault: ShopfloorError): Promise<void> {
		try {
			if (!holds((await record.read()).value, mine)) return lose(gone());
			unrenewed = fault;
		} catch (error) {
			unrenewed = undefined;
			// Cannot be read either: then nothing says that it is ours, and trust runs out.
			if (!isShopfloorError(diskError(error, `reading the lease ${name}`), ...passing)) lose(error);
		}
	}

	function lose(why: unknown): void {
		if (!done.signal.aborted) lost.abort(why);
	}

	async function check(): Promise<void> {
		if (isOverdue()) lose(gone());
		else if (clock.watch() >= trustedUntil) await renewNow();
		else if (!lost.signal.aborted && !holds((await record.read()).value, mine)) lose(gone());
		if (lost.signal.aborted) throw lost.signal.reason;
		if (clock.watch() >= trustedUntil) throw unrenewed ?? gone();
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

/**
 * One lock, many processes, one machine.
 *
 * proper-lockfile brings the lock: one atomic operation decides who has it, its age tells a stopped holder from a
 * working one. What it lacks is added through its `fs` option and around it:
 *
 * - *Who holds it.* The lock is a link of the holder's card, so holder and lock appear in the same instant, and a holder
 *   that died (pid, start time, boot id) is recognised at once and not after the stale time.
 * - *Fencing.* Whoever finds in the book the name of one that lives came to the lock without that one's consent: it was
 *   evicted, or somebody removed the lock by hand, and it may go on writing at any moment. Such a holding is `unclean`;
 *   what the lock guards must be put out of the old holder's reach first (`cleaned`).
 * - *Waiting.* Those that wait stand in a line, and who gives the lock back calls the first of them.
 */
import { lstatSync } from "node:fs";
import { systemClock } from "../clock.ts";
import { ShopfloorError } from "../shopfloor-error.ts";
import { Book } from "./book.ts";
import { nameOn } from "./card.ts";
import { type Held, Holding } from "./holding.ts";
import { Ticket } from "./line.ts";
import { Standstill } from "./standstill.ts";
import { endTurn, takeTurn, tryTurn } from "./turns.ts";

/** Nobody holds the lock for longer than a large write takes. Past this something is wrong and a person should know. */
const waitMaxMs = 30_000;
/** A lock is held for a millisecond or a few, so one that waits longer asks whether the holder still lives. */
const closeLookMs = 50;
/** So often looks who cannot hear that it is called; by chance, so that who waits longest is not who waits for ever. */
const deafMs = 12;

export class FileLock {
	readonly #path: string;
	readonly #book: Book;
	readonly #standstill = new Standstill();

	/** `path` is the lock itself; what it guards lies elsewhere. */
	constructor(path: string) {
		this.#path = path;
		this.#book = new Book(path);
	}

	async acquire(): Promise<Held> {
		const started = systemClock.watch();
		if (!(await takeTurn(this.#path, waitMaxMs))) throw busy(this.#path);
		try {
			return this.#begin(false) ?? (await this.#inLine(started));
		} catch (error) {
			endTurn(this.#path);
			throw error;
		}
	}

	/** Undefined when somebody else holds it. */
	tryAcquire(): Held | undefined {
		if (!tryTurn(this.#path)) return undefined;
		let held: Held | undefined;
		try {
			held = this.#begin(true);
			return held;
		} finally {
			if (held === undefined) endTurn(this.#path);
		}
	}

	/** What the lock guards may not be what it seems: the next holder gets it as `unclean`. */
	distrust(): void {
		this.#book.distrust();
	}

	async #inLine(started: number): Promise<Held> {
		const ticket = new Ticket(this.#path);
		let closeLookAt = started + closeLookMs;
		try {
			for (;;) {
				const now = systemClock.watch();
				const closely = now >= closeLookAt;
				if (closely) closeLookAt = now + closeLookMs;
				const held = this.#begin(closely);
				if (held !== undefined) return held;
				if (now - started > waitMaxMs) throw busy(this.#path);
				// Who stands in the line anew looks once more: the lock may have been given back while it did not stand there.
				if (!ticket.stand())
					await ticket.called(ticket.hears ? closeLookMs * (0.5 + Math.random()) : Math.random() * deafMs);
			}
		} finally {
			ticket.leave();
		}
	}

	#begin(closely: boolean): Held | undefined {
		// Most looks end here: somebody has it, and had it a moment ago.
		if (!closely && isThere(this.#path)) return undefined;
		const holding = new Holding(this.#path, this.#book, this.#standstill, () => endTurn(this.#path));
		return holding.begin(closely) ? holding : undefined;
	}
}

function isThere(path: string): boolean {
	return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function busy(path: string): ShopfloorError {
	return new ShopfloorError(
		"lock-busy",
		`the lock ${path} was not to be had for ${waitMaxMs / 1_000} s; it is held by ${nameOn(path) || "nobody that can be named"} (pid first). If that process hangs, end it.`,
	);
}

import { lstatSync, lutimesSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import lockfile from "proper-lockfile";
import { crashAt } from "../crash-point.ts";
import { isGone, uniqueName } from "../process-identity.ts";
import { diskError, errnoOf } from "../shopfloor-error.ts";
import { takeAway } from "../take-away.ts";
import type { Book } from "./book.ts";
import { type Card, cardIn, leaveCard, nameOn, retireCard } from "./card.ts";
import { callNext } from "./line.ts";
import type { Standstill } from "./standstill.ts";

export interface Held {
	/** A holder before may be alive and in the middle of something: fence first, then call `cleaned`. */
	readonly unclean: boolean;
	/** To be called only when `stillMine` was true after fencing. */
	cleaned(): void;
	/** False once somebody else took the lock. What was written since the last true answer is not to be acknowledged. */
	stillMine(): boolean;
	release(): void;
}

/** The least that proper-lockfile accepts. A holder that stands still for so long loses the lock. */
const staleMs = 2_000;

/** One holding from the try to the release, under a name of its own that is used once. */
export class Holding implements Held {
	readonly #path: string;
	readonly #book: Book;
	readonly #standstill: Standstill;
	readonly #onRelease: () => void;
	readonly #name = uniqueName();
	#card: Card | undefined;
	#signed = false;
	#released = false;
	#touched = new Date();
	#unfinished: readonly string[] = [];
	unclean = false;

	constructor(path: string, book: Book, standstill: Standstill, onRelease: () => void) {
		this.#path = path;
		this.#book = book;
		this.#standstill = standstill;
		this.#onRelease = onRelease;
	}

	/**
	 * False when somebody else has the lock. Whether that one still lives is asked only when it is to look closely: that
	 * costs more than the rest.
	 */
	begin(closely: boolean): boolean {
		try {
			return (this.#publish() || closely) && this.#take();
		} catch (error) {
			if (this.#card !== undefined) this.#giveBack();
			// Somebody is removing the folder of the locks: whoever wants this one comes again.
			if (errnoOf(error) === "ENOENT") return false;
			throw diskError(error, `taking the lock ${this.#path}`);
		}
	}

	cleaned(): void {
		for (const name of this.#unfinished) this.#book.strike(name);
	}

	stillMine(): boolean {
		const there = lstatSync(this.#path, { throwIfNoEntry: false });
		return there !== undefined && there.ino === this.#card?.inode;
	}

	release(): void {
		if (this.#released) return;
		this.#released = true;
		try {
			this.#giveBack();
		} finally {
			this.#onRelease();
		}
	}

	#take(): boolean {
		try {
			// proper-lockfile keeps its books by the first argument, so that must be this holding's own.
			lockfile.lockSync(this.#name, {
				...this.#options,
				stale: staleMs,
				// `stillMine` is what tells a holder; throwing from a timer would end the process.
				onCompromised: () => {},
			});
		} catch (error) {
			const lost = ["ELOCKED", "ENOENT"].includes(errnoOf(error) ?? "");
			if (!lost) throw error;
			// Also when it was ours for a moment and somebody removed it.
			this.#putCardAway();
			return false;
		}
		crashAt("lock.acquired");
		const hadBook = this.#book.sign(this.#name);
		this.#signed = true;
		this.#unfinished = this.#book.unfinished(this.#name);
		// Without a book nobody knows who wrote before.
		this.unclean = !hadBook || this.#unfinished.length > 0;
		crashAt("lock.signed-in");
		return true;
	}

	#giveBack(): void {
		crashAt("lock.sign-out.before");
		try {
			if (this.#signed) this.#book.strike(this.#name);
		} finally {
			// A name that stays in the book makes the next holder fence; a lock that stays would keep everybody out.
			crashAt("lock.release.before");
			this.#unlock();
		}
	}

	/** The next one is called before proper-lockfile puts its books in order: it is awake by the time that is done. */
	#unlock(): void {
		try {
			this.#remove();
			callNext(this.#path);
		} catch (error) {
			// The lock stays. What this process does from now on must not look like a sign of life of its holder.
			retireCard(dirname(this.#path));
			throw error;
		} finally {
			this.#forget();
			this.#putCardAway();
		}
	}

	#forget(): void {
		try {
			lockfile.unlockSync(this.#name, this.#options);
		} catch (error) {
			// It gave the lock up by itself because it was not there for a moment.
			if (errnoOf(error) !== "ENOTACQUIRED") throw error;
		}
	}

	#putCardAway(): void {
		this.#card?.release();
		this.#card = undefined;
	}

	get #options() {
		return { lockfilePath: this.#path, fs: this.#fs };
	}

	/** The five calls proper-lockfile makes, with the holder's card in mind. */
	readonly #fs = {
		mkdirSync: () => this.#publishBehindTheDead(),
		rmdirSync: () => (this.#card === undefined ? evict(this.#path, this.#standstill.owner) : this.#remove()),
		statSync: (path: string) => (this.#card === undefined ? this.#standstill.look(path) : this.#own(path)),
		utimesSync: (path: string, _: Date, at: Date) => this.#touch(path, at),
		// Of the first argument, which is a name and no path.
		realpathSync: (name: string) => name,
	};

	#publishBehindTheDead(): void {
		if (this.#card !== undefined) return;
		const owner = nameOn(this.#path);
		// One with our own card on it could not be given back: nobody else in this process has it at this moment.
		const left = owner === cardIn(dirname(this.#path)).name;
		if (owner !== undefined && (left || isGone(owner))) evict(this.#path, owner);
		if (!this.#publish()) throw Object.assign(new Error("held"), { code: "EEXIST" });
	}

	/** False when somebody else has the lock. */
	#publish(): boolean {
		this.#card = leaveCard(dirname(this.#path), this.#path);
		if (this.#card === undefined) return false;
		this.#card.use();
		crashAt("lock.published");
		return true;
	}

	/** The card's own time is moved by each lock that this process holds; what counts for this one is its own last touch. */
	#own(path: string): { readonly mtime: Date } {
		if (this.stillMine()) return { mtime: this.#touched };
		throw Object.assign(new Error(`${path} is somebody else's`), { code: "ENOENT" });
	}

	/** The first touch is proper-lockfile's trial whether the disk keeps milliseconds; a card just left needs none. */
	#touch(path: string, at: Date): void {
		if (this.#signed) lutimesSync(path, at, at);
		this.#touched = at;
	}

	/**
	 * Whoever stands still between the look and the removal, for as long as it takes to lose the lock, removes somebody
	 * else's: that one's name in the book then tells its successor.
	 */
	#remove(): void {
		if (this.stillMine()) takeAway(this.#path);
	}
}

/**
 * Takes the lock away from one that died or stands still. It may change hands in this very moment, and then it is
 * taken from one that works; that one is in the book, and finds out, as if somebody had removed the lock by hand.
 */
function evict(path: string, owner: string | undefined): void {
	if (nameOn(path) !== owner) return;
	crashAt("lock.evict.before");
	// A folder is no lock of ours; somebody has put it there.
	if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) rmSync(path, { recursive: true, force: true });
	else takeAway(path);
}

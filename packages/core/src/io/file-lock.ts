/**
 * One lock, many processes, one machine.
 *
 * proper-lockfile brings the lock: one atomic operation decides who has it, its age tells a stopped holder from a
 * working one. Four things it lacks are added through its `fs` option:
 *
 * - *Who holds it.* The lock is a symbolic link that leads nowhere; its text is the holder's name. So holder and lock
 *   appear in the same instant, and a holder that died (pid, start time, boot id) is recognised at once and not after
 *   the stale time. No name is used twice.
 * - *Fencing.* A holder signs a book before it touches anything and strikes its name out when it is done. Whoever
 *   finds the name of one that lives came to the lock without that one's consent: it was evicted, or somebody removed
 *   the lock by hand, and it may go on writing at any moment. Such a holding is `unclean`; what the lock guards must be
 *   put out of the old holder's reach first (`cleaned`).
 * - *Time.* A holder stands still when a contender has itself seen it stand still, by its own watch. No clock that
 *   somebody sets, and no laptop that slept, makes a working holder look abandoned.
 * - *Fairness.* Waiters try again after a short random time, so who waits longest is not who waits for ever.
 */
import {
	lstatSync,
	lutimesSync,
	mkdirSync,
	readdirSync,
	readlinkSync,
	realpathSync,
	rmSync,
	symlinkSync,
	unlinkSync,
	writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import lockfile from "proper-lockfile";
import { systemClock } from "./clock.ts";
import { crashAt } from "./crash-point.ts";
import { isGone, uniqueName } from "./process-identity.ts";
import { diskError, errnoOf, ShopfloorError } from "./shopfloor-error.ts";

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
/**
 * Waiters come back after a random time up to this: short enough to keep the lock busy, long enough to stay cheap. Each
 * look wakes a process up, which costs more than the look.
 */
const retryMs = 12;
/** Nobody holds the lock for longer than a large write takes. Past this something is wrong and a person should know. */
const waitMaxMs = 30_000;
/** A lock is held for a millisecond or a few; so often a waiter asks whether the holder still lives. */
const closeLookMs = 50;

export class FileLock {
	readonly #path: string;
	readonly #standstill = new Standstill();

	/** `path` is the lock itself; what it guards lies elsewhere. */
	constructor(path: string) {
		this.#path = path;
	}

	async acquire(signal?: AbortSignal): Promise<Held> {
		const started = systemClock.watch();
		let closeLookAt = started + closeLookMs;
		for (;;) {
			const now = systemClock.watch();
			const closely = now >= closeLookAt;
			// Most looks end here: somebody has it, and had it a moment ago.
			if (closely || !isThere(this.#path)) {
				const held = new Holding(this.#path, this.#standstill).begin(closely);
				if (held !== undefined) return held;
			}
			if (closely) closeLookAt = now + closeLookMs;
			signal?.throwIfAborted();
			if (now - started > waitMaxMs) throw busy(this.#path);
			await systemClock.sleep(Math.random() * retryMs, signal);
		}
	}

	/** Undefined when somebody else holds it. */
	tryAcquire(): Held | undefined {
		return new Holding(this.#path, this.#standstill).begin(true);
	}

	/** What the lock guards may not be what it seems: the next holder gets it as `unclean`. */
	distrust(): void {
		const book = bookOf(this.#path);
		mkdirSync(book, { recursive: true, mode: 0o700 });
		writeFileSync(join(book, `distrust-${uniqueName()}`), "");
	}
}

/** Where holders sign in and out: a folder with a name for each. */
function bookOf(path: string): string {
	return `${path}.book`;
}

/** One holding from the try to the release, under a name of its own. */
class Holding {
	readonly #path: string;
	readonly #standstill: Standstill;
	readonly #name = uniqueName();
	#published = false;

	constructor(path: string, standstill: Standstill) {
		this.#path = path;
		this.#standstill = standstill;
	}

	/** Asks whether the one that has the lock still lives only when it is to look closely: that costs more than the rest. */
	begin(closely: boolean): Held | undefined {
		try {
			return this.#publish() || closely ? this.#take() : undefined;
		} catch (error) {
			if (this.#published) this.#release();
			throw diskError(error, `taking the lock ${this.#path}`);
		}
	}

	#take(): Held | undefined {
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
			this.#published = false;
			return undefined;
		}
		crashAt("lock.acquired");
		return this.#signIn();
	}

	#signIn(): Held {
		const hadBook = this.#sign();
		// Whoever takes the lock from us later than this finds our name, and we find those of all who came before.
		const others = readdirSync(bookOf(this.#path)).filter((name) => name !== this.#name);
		const unfinished = others.filter((name) => !this.#strikeIfGone(name));
		crashAt("lock.signed-in");
		return {
			// Without a book nobody knows who wrote before.
			unclean: !hadBook || unfinished.length > 0,
			cleaned: () => {
				for (const name of unfinished) this.#strike(name);
			},
			stillMine: () => this.#stillMine(),
			release: () => this.#release(),
		};
	}

	/** False when there was no book. */
	#sign(): boolean {
		const signature = join(bookOf(this.#path), this.#name);
		try {
			symlinkSync(this.#name, signature);
			return true;
		} catch (error) {
			if (errnoOf(error) !== "ENOENT") throw error;
			mkdirSync(bookOf(this.#path), { recursive: true, mode: 0o700 });
			symlinkSync(this.#name, signature);
			return false;
		}
	}

	#strikeIfGone(name: string): boolean {
		if (!isGone(name)) return false;
		this.#strike(name);
		return true;
	}

	#strike(name: string): void {
		removed(join(bookOf(this.#path), name));
	}

	#stillMine(): boolean {
		return ownerOf(this.#path) === this.#name;
	}

	#release(): void {
		if (!this.#published) return;
		crashAt("lock.sign-out.before");
		try {
			this.#strike(this.#name);
		} finally {
			// A name that stays in the book makes the next holder fence; a lock that stays would keep everybody out.
			crashAt("lock.release.before");
			this.#unlock();
			this.#published = false;
		}
	}

	#unlock(): void {
		try {
			lockfile.unlockSync(this.#name, this.#options);
		} catch (error) {
			// It gave the lock up when somebody touched the link; that may be ours all the same.
			if (errnoOf(error) !== "ENOTACQUIRED") throw error;
			this.#giveBack();
		}
	}

	get #options() {
		return { lockfilePath: this.#path, realpath: false, fs: this.#fs };
	}

	/** The five calls proper-lockfile makes, with the holder's name in mind. */
	readonly #fs = {
		mkdirSync: () => this.#publishBehindTheDead(),
		rmdirSync: () => (this.#published ? this.#giveBack() : evict(this.#path, this.#standstill.owner)),
		statSync: (path: string) => (this.#published ? lstatSync(path) : this.#standstill.look(path)),
		utimesSync: lutimesSync,
		realpathSync,
	};

	#publishBehindTheDead(): void {
		if (this.#published) return;
		const owner = ownerOf(this.#path);
		if (owner !== undefined && isGone(owner)) evict(this.#path, owner);
		if (!this.#publish()) throw Object.assign(new Error("held"), { code: "EEXIST" });
	}

	/** False when somebody else has the lock. */
	#publish(): boolean {
		try {
			symlinkSync(this.#name, this.#path);
		} catch (error) {
			if (errnoOf(error) === "EEXIST") return false;
			if (errnoOf(error) !== "ENOENT") throw error;
			// Somebody removed the folder of the locks; the next look finds it there again.
			mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
			return false;
		}
		this.#published = true;
		return true;
	}

	/**
	 * Whoever stands still between the look and the removal, for as long as it takes to lose the lock, removes somebody
	 * else's: that one's name in the book then tells its successor.
	 */
	#giveBack(): void {
		if (this.#stillMine()) removed(this.#path);
	}
}

/**
 * Takes the lock away from one that died or stands still. It may change hands in this very moment, and then it is
 * taken from one that works; that one is in the book, and finds out, as if somebody had removed the lock by hand.
 */
function evict(path: string, owner: string | undefined): void {
	if (ownerOf(path) !== owner) return;
	crashAt("lock.evict.before");
	rmSync(path, { recursive: true, force: true });
}

/** Since when this process has seen the same holder without a sign of life. */
class Standstill {
	#sign = "";
	#since = 0;
	owner: string | undefined;

	/** What proper-lockfile wants to know of the lock: when its holder last moved. */
	look(path: string): { readonly mtime: Date } {
		const { mtimeMs } = lstatSync(path);
		this.owner = ownerOf(path);
		const sign = `${this.owner} ${mtimeMs}`;
		const now = systemClock.watch();
		if (sign !== this.#sign) {
			this.#sign = sign;
			this.#since = now;
		}
		return { mtime: new Date(systemClock.now() - (now - this.#since)) };
	}
}

function isThere(path: string): boolean {
	return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Undefined when nobody has it; empty when it is not what we made. */
function ownerOf(path: string): string | undefined {
	try {
		return readlinkSync(path);
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return undefined;
		if (errnoOf(error) === "EINVAL") return "";
		throw error;
	}
}

function removed(path: string): void {
	try {
		unlinkSync(path);
	} catch (error) {
		if (errnoOf(error) !== "ENOENT") throw error;
	}
}

function busy(path: string): ShopfloorError {
	return new ShopfloorError(
		"lock-busy",
		`the lock ${path} was not to be had for ${waitMaxMs / 1_000} s; it is held by ${ownerOf(path) || "nobody that can be named"} (pid first). If that process hangs, end it.`,
	);
}

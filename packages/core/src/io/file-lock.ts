/**
 * One lock, many processes, one machine.
 *
 * proper-lockfile brings the lock: one atomic operation decides who has it, its age tells a stopped holder from a
 * working one. Five things it lacks are added through its `fs` option:
 *
 * - *Who holds it.* The lock is a directory that holds one file, named after the holder. It is published with a
 *   rename: a directory can replace an empty one, never a full one, so holder and lock appear in the same instant.
 *   A holder that died (pid, start time, boot id) is recognised at once and not after the stale time. Removing
 *   exactly *its* file frees the lock, however slow the remover is, because no name is used twice.
 * - *Fencing.* A holder signs a book before it touches anything and strikes its name out when it is done. Whoever
 *   finds the name of one that lives came to the lock without that one's consent: it was evicted, or somebody removed
 *   the lock by hand, and it may go on writing at any moment. Such a holding is `unclean`; what the lock guards must be
 *   put out of the old holder's reach first (`cleaned`).
 * - *Pausing.* A holder that keeps the lock for what may come next strikes its name out as long as it writes nothing.
 *   Whoever waits for long may then take the lock from it, though it lives, and needs to fence nothing.
 * - *Time.* A holder stands still when a contender has itself seen it stand still, by its own watch. No clock that
 *   somebody sets, and no laptop that slept, makes a working holder look abandoned.
 * - *Fairness.* Waiters try again after a short random time, so who waits longest is not who waits for ever.
 */
import {
	existsSync,
	linkSync,
	mkdirSync,
	readdirSync,
	realpathSync,
	renameSync,
	rmSync,
	statSync,
	unlinkSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import lockfile from "proper-lockfile";
import { systemClock } from "./clock.ts";
import { crashAt } from "./crash-point.ts";
import { isGone, myIdentity, uniqueName } from "./process-identity.ts";
import { diskError, errnoOf, ShopfloorError } from "./shopfloor-error.ts";

export interface Held {
	/** A holder before may be alive and in the middle of something: fence first, then call `cleaned`. */
	readonly unclean: boolean;
	cleaned(): void;
	/** False once somebody else took the lock. What was written since the last true answer is not to be acknowledged. */
	stillMine(): boolean;
	/** Nothing will be written until `resume`: who waits for long may take the lock away, and need not fence. */
	pause(): void;
	/** False when somebody took it. */
	resume(): boolean;
	release(): void;
}

/** The least that proper-lockfile accepts. A holder that stands still for so long loses the lock. */
const staleMs = 2_000;
/** Waiters come back after a random time up to this: short enough to keep the lock busy, long enough to stay cheap. */
const retryMs = { first: 1, most: 12 };
/** Nobody holds the lock for longer than a large write takes. Past this something is wrong and a person should know. */
const waitMaxMs = 30_000;

/** A lock is held for a millisecond or a few; one holder seen for longer than this may be dead, or be busy elsewhere. */
const suspiciousMs = 50;

export class FileLock {
	readonly #path: string;
	readonly #standstill = new Standstill();

	/** `path` is the lock directory; what holds the state lies elsewhere. */
	constructor(path: string) {
		this.#path = path;
	}

	async acquire(signal?: AbortSignal): Promise<Held> {
		let attempt = new Attempt(this.#path, this.#standstill);
		const started = systemClock.watch();
		try {
			for (let tries = 0; ; tries++) {
				if (attempt.spent) attempt = new Attempt(this.#path, this.#standstill);
				const held = attempt.isBusy() ? undefined : attempt.try();
				if (held !== undefined) return held;
				signal?.throwIfAborted();
				if (systemClock.watch() - started > waitMaxMs) throw busy(this.#path);
				const longest = Math.min(retryMs.most, retryMs.first + tries);
				await systemClock.sleep(Math.random() * longest, signal);
			}
		} finally {
			attempt.end();
		}
	}

	/** Undefined when somebody else holds it. */
	tryAcquire(): Held | undefined {
		const attempt = new Attempt(this.#path, this.#standstill);
		try {
			return attempt.try();
		} finally {
			attempt.end();
		}
	}

	/** Does anybody wait for it? Waiters keep what they are going to publish beside the lock. */
	isWanted(): boolean {
		const mine = myIdentity();
		const prefix = `${basename(this.#path)}.`;
		return readdirSync(dirname(this.#path)).some(
			(name) => name.startsWith(prefix) && name !== `${prefix}book` && !name.startsWith(`${prefix}${mine}`),
		);
	}

	/** What the lock guards may not be what it seems: the next holder gets it as `unclean`. */
	distrust(): void {
		const book = bookOf(this.#path);
		mkdirSync(book, { recursive: true, mode: 0o700 });
		writeFileSync(join(book, `distrust-${uniqueName()}`), "");
	}
}

/** Where holders sign in and out: a folder with a file per name. */
function bookOf(path: string): string {
	return `${path}.book`;
}

/** One holding from the first try to the release, under a name of its own. */
class Attempt {
	readonly #path: string;
	readonly #standstill: Standstill;
	readonly #owner = uniqueName();
	readonly #ready: string;
	readonly #signature: string;
	#prepared = false;
	#published = false;
	#foundNoLock = false;
	/** Held once, if only for a moment: its name must not be used again. */
	spent = false;
	#seen: { readonly owner: string; readonly at: number } = { owner: "", at: 0 };

	constructor(path: string, standstill: Standstill) {
		this.#path = path;
		this.#standstill = standstill;
		this.#ready = `${path}.${this.#owner}`;
		this.#signature = join(bookOf(path), this.#owner);
	}

	try(): Held | undefined {
		try {
			return this.#take() ? this.#signIn() : undefined;
		} catch (error) {
			if (this.#published) this.#release();
			throw diskError(error, `taking the lock ${this.#path}`);
		}
	}

	/**
	 * A cheap look that most tries end with: held by somebody, and not by the same for so long that it is worth asking
	 * whether that one still lives.
	 */
	isBusy(): boolean {
		const owner = ownerOf(this.#path);
		if (owner === undefined) return false;
		const now = systemClock.watch();
		if (owner !== this.#seen.owner) this.#seen = { owner, at: now };
		return now - this.#seen.at < suspiciousMs;
	}

	/** Drops what a try prepared and did not use. */
	end(): void {
		if (this.#prepared) rmSync(this.#ready, { recursive: true, force: true });
		this.#prepared = false;
	}

	#take(): boolean {
		try {
			// proper-lockfile keeps its books by the first argument, so that must be this holding's own.
			lockfile.lockSync(this.#ready, {
				...this.#options,
				stale: staleMs,
				// `stillMine` is what tells a holder; throwing from a timer would end the process.
				onCompromised: () => {},
			});
			crashAt("lock.acquired");
			return true;
		} catch (error) {
			const code = errnoOf(error);
			if (code === "ELOCKED") return false;
			if (code !== "ENOENT") throw error;
			// Somebody removed the folder of the locks under our hands: prepare again.
			this.#prepared = false;
			this.#published = false;
			return false;
		}
	}

	/** Undefined when the lock was lost again on the way. */
	#signIn(): Held | undefined {
		const signed = this.#sign() ? this.#othersInBook() : undefined;
		// Asked after reading: whoever signed before this came before us, and whoever comes after us finds our name.
		if (signed === undefined || !this.#stillMine()) {
			this.#release();
			return undefined;
		}
		const unfinished = signed.filter((name) => !this.#strikeIfGone(name));
		crashAt("lock.signed-in");
		return {
			unclean: this.#foundNoLock || unfinished.length > 0,
			cleaned: () => {
				for (const name of unfinished) this.#strike(name);
			},
			stillMine: () => this.#stillMine(),
			pause: () => this.#pause(),
			resume: () => this.#resume(),
			release: () => this.#release(),
		};
	}

	#pause(): void {
		crashAt("lock.pause.before");
		this.#strike(this.#owner);
	}

	#resume(): boolean {
		crashAt("lock.resume.before");
		return this.#sign() && this.#stillMine();
	}

	#sign(): boolean {
		const mine = join(this.#path, this.#owner);
		if (linked(mine, this.#signature)) return true;
		mkdirSync(bookOf(this.#path), { recursive: true, mode: 0o700 });
		return linked(mine, this.#signature);
	}

	#othersInBook(): string[] {
		return readdirSync(bookOf(this.#path)).filter((name) => name !== this.#owner);
	}

	#strikeIfGone(name: string): boolean {
		if (!isGone(name)) return false;
		this.#strike(name);
		return true;
	}

	#strike(name: string): void {
		rmSync(join(bookOf(this.#path), name), { force: true });
	}

	#stillMine(): boolean {
		return existsSync(join(this.#path, this.#owner));
	}

	#release(): void {
		if (!this.#published) return;
		crashAt("lock.sign-out.before");
		this.#strike(this.#owner);
		crashAt("lock.release.before");
		try {
			lockfile.unlockSync(this.#ready, this.#options);
		} catch (error) {
			// It gave the lock up when somebody touched the directory; our file may be there all the same.
			if (errnoOf(error) !== "ENOTACQUIRED") throw error;
			this.#removeOwner(this.#owner);
		}
		this.#published = false;
	}

	get #options() {
		return { lockfilePath: this.#path, realpath: false, fs: this.#fs };
	}

	/** The five calls proper-lockfile makes, three of them with the holder's name in mind. */
	readonly #fs = {
		mkdirSync: () => this.#publish(),
		rmdirSync: () => (this.#published ? this.#removeOwner(this.#owner) : this.#evict()),
		statSync: (path: string) => (this.#published ? statSync(path) : this.#standstill.look(path)),
		utimesSync,
		realpathSync,
	};

	#publish(): void {
		this.#prepare();
		this.#foundNoLock = !existsSync(this.#path);
		if (this.#renamed()) return;
		const owner = ownerOf(this.#path);
		if (owner !== undefined && (isGone(owner) || this.#isPaused(owner))) {
			crashAt("lock.evict-idle.before");
			this.#removeOwner(owner);
			if (this.#renamed()) return;
		}
		throw Object.assign(new Error("held"), { code: "EEXIST" });
	}

	/** It has held the lock for a while by now (see `isBusy`), and not to write: it may be late in coming back. */
	#isPaused(owner: string): boolean {
		return owner === this.#seen.owner && !existsSync(join(bookOf(this.#path), owner));
	}

	#prepare(): void {
		if (this.#prepared) return;
		this.#prepared = true;
		mkdirSync(this.#ready, { recursive: true });
		writeFileSync(join(this.#ready, this.#owner), "");
	}

	#renamed(): boolean {
		try {
			renameSync(this.#ready, this.#path);
		} catch (error) {
			const code = errnoOf(error);
			if (code === "ENOTEMPTY" || code === "EEXIST") return false;
			throw error;
		}
		this.#prepared = false;
		this.#published = true;
		this.spent = true;
		return true;
	}

	/** Its holder stands still. It may go on at any moment, and its name in the book says so. */
	#evict(): void {
		crashAt("lock.evict.before");
		if (this.#standstill.owner !== undefined) this.#removeOwner(this.#standstill.owner);
	}

	#removeOwner(owner: string): void {
		try {
			unlinkSync(join(this.#path, owner));
		} catch (error) {
			if (errnoOf(error) !== "ENOENT") throw error;
		}
	}
}

/** Since when this process has seen the same holder without a sign of life. */
class Standstill {
	#sign = "";
	#since = 0;
	owner: string | undefined;

	/** What proper-lockfile wants to know of the lock: when its holder last moved. */
	look(path: string): { readonly mtime: Date } {
		const { mtimeMs } = statSync(path);
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

function ownerOf(path: string): string | undefined {
	try {
		return readdirSync(path)[0];
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return undefined;
		throw error;
	}
}

/** False when there is nothing to link, or no folder to link it into. */
function linked(from: string, to: string): boolean {
	try {
		linkSync(from, to);
		return true;
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return false;
		throw error;
	}
}

function busy(path: string): ShopfloorError {
	return new ShopfloorError(
		"lock-busy",
		`the lock ${path} was not to be had for ${waitMaxMs / 1_000} s; it is held by ${ownerOf(path) ?? "nobody that can be named"} (pid first). If that process hangs, end it.`,
	);
}

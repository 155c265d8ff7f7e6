/**
 * One lock, many processes, one machine.
 *
 * proper-lockfile brings the lock: one atomic operation decides who has it, its age tells a stopped holder from a
 * working one. Three things it lacks are added through its `fs` option:
 *
 * - *Who holds it.* The lock is a directory that holds one file, named after the holder. It is published with a
 *   rename: a directory can replace an empty one, never a full one, so holder and lock appear in the same instant.
 *   A holder that died (pid, start time, boot id) is recognised at once and not after the stale time. Removing
 *   exactly *its* file frees the lock, however slow the remover is, because no name is used twice.
 * - *Fencing.* Whoever takes the lock from a holder that may be alive leaves a mark first. The next holder sees
 *   `unclean` and must put whatever it guards out of the old one's reach before it goes on (`cleaned`). The mark
 *   outlives a holder that dies on the way. A lock directory removed by hand counts as such a take-over.
 * - *Fairness.* Waiters try again after a short random time, so who waits longest is not who waits for ever.
 */
import {
	existsSync,
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
import { join } from "node:path";
import lockfile from "proper-lockfile";
import { systemClock } from "./clock.ts";
import { crashAt } from "./crash-point.ts";
import { isGone, myIdentity } from "./process-identity.ts";
import { errnoOf, ShopfloorError } from "./shopfloor-error.ts";

export interface Held {
	/** The holder before may still be alive: fence first, then call `cleaned`. */
	readonly unclean: boolean;
	cleaned(): void;
	/** False once somebody else took the lock. What was written since the last true answer is not to be acknowledged. */
	stillMine(): boolean;
	release(): void;
}

/** The least that proper-lockfile accepts. A holder that stands still for so long loses the lock. */
const staleMs = 2_000;
/** Waiters come back after a random time up to this: short enough to keep the lock busy, long enough to stay cheap. */
const retryMs = { first: 1, most: 4 };
/** Nobody holds the lock for longer than a large write takes. Past this something is wrong and a person should know. */
const waitMaxMs = 30_000;

/** A lock is held for a millisecond or a few; one holder seen for longer than this may be dead. */
const suspiciousMs = 50;

let holdings = 0;

export class FileLock {
	readonly #path: string;
	readonly #mark: string;

	/** `path` is the lock directory; what holds the state lies elsewhere. */
	constructor(path: string) {
		this.#path = path;
		this.#mark = `${path}.unclean`;
	}

	async acquire(signal?: AbortSignal): Promise<Held> {
		const attempt = new Attempt(this.#path, this.#mark);
		const started = systemClock.watch();
		try {
			for (let tries = 0; ; tries++) {
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

	/** What the lock guards may not be what it seems: the next holder gets it as `unclean`. */
	distrust(): void {
		writeFileSync(this.#mark, "");
	}

	/** Undefined when somebody else holds it. */
	tryAcquire(): Held | undefined {
		const attempt = new Attempt(this.#path, this.#mark);
		try {
			return attempt.try();
		} finally {
			attempt.end();
		}
	}
}

/** One holding from the first try to the release, under a name of its own. */
class Attempt {
	readonly #path: string;
	readonly #mark: string;
	readonly #owner = `${myIdentity()}-${++holdings}`;
	readonly #ready: string;
	#prepared = false;
	#held = false;
	#seen: { readonly owner: string; readonly at: number } = { owner: "", at: 0 };

	constructor(path: string, mark: string) {
		this.#path = path;
		this.#mark = mark;
		this.#ready = `${path}.${this.#owner}`;
	}

	try(): Held | undefined {
		try {
			lockfile.lockSync(this.#path, {
				lockfilePath: this.#path,
				realpath: false,
				stale: staleMs,
				fs: this.#fs,
				// `stillMine` is what tells a holder; throwing from a timer would end the process.
				onCompromised: () => {},
			});
		} catch (error) {
			if (errnoOf(error) === "ELOCKED") return undefined;
			throw error;
		}
		this.#held = true;
		crashAt("lock.acquired");
		return {
			unclean: existsSync(this.#mark),
			cleaned: () => rmSync(this.#mark, { force: true }),
			stillMine: () => existsSync(join(this.#path, this.#owner)),
			release: () => this.#release(),
		};
	}

	/**
	 * A cheap look that most tries end with: held by somebody, and not by the same for so long that it is worth asking
	 * whether that one still lives.
	 */
	isBusy(): boolean {
		const owner = this.#currentOwner();
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

	#release(): void {
		// Once lost it is another's to release; proper-lockfile's timer notices and forgets it.
		if (!this.#held || !existsSync(join(this.#path, this.#owner))) return;
		crashAt("lock.release.before");
		lockfile.unlockSync(this.#path, { lockfilePath: this.#path, realpath: false, fs: this.#fs });
		this.#held = false;
	}

	/** The five calls proper-lockfile makes, two of them with the holder's name in mind. */
	readonly #fs = {
		mkdirSync: () => this.#publish(),
		rmdirSync: () => (this.#held ? this.#removeOwner(this.#owner) : this.#evict()),
		statSync,
		utimesSync,
		realpathSync,
	};

	#publish(): void {
		this.#prepare();
		if (!existsSync(this.#path)) this.#leaveMark();
		if (this.#renamed()) return;
		const owner = this.#currentOwner();
		if (owner !== undefined && isGone(owner)) {
			crashAt("lock.evict-dead.before");
			this.#removeOwner(owner);
		}
		if (this.#renamed()) return;
		throw Object.assign(new Error("held"), { code: "EEXIST" });
	}

	#prepare(): void {
		if (!this.#prepared) {
			mkdirSync(this.#ready, { recursive: true });
			writeFileSync(join(this.#ready, this.#owner), "");
			this.#prepared = true;
		}
		// A long wait must not make the lock look old on its first day.
		const now = new Date();
		utimesSync(this.#ready, now, now);
	}

	#renamed(): boolean {
		try {
			renameSync(this.#ready, this.#path);
			this.#prepared = false;
			return true;
		} catch (error) {
			const code = errnoOf(error);
			if (code === "ENOTEMPTY" || code === "EEXIST") return false;
			throw error;
		}
	}

	/** proper-lockfile found the lock too old: its holder stopped, or somebody's clock jumped. It may come back. */
	#evict(): void {
		const owner = this.#currentOwner();
		if (owner === undefined) return;
		if (!isGone(owner)) this.#leaveMark();
		crashAt("lock.evict.before");
		this.#removeOwner(owner);
	}

	#currentOwner(): string | undefined {
		try {
			return readdirSync(this.#path)[0];
		} catch (error) {
			if (errnoOf(error) === "ENOENT") return undefined;
			throw error;
		}
	}

	#leaveMark(): void {
		writeFileSync(this.#mark, "");
	}

	#removeOwner(owner: string): void {
		try {
			unlinkSync(join(this.#path, owner));
		} catch (error) {
			if (errnoOf(error) !== "ENOENT") throw error;
		}
	}
}

function busy(path: string): ShopfloorError {
	let holder = "nobody that can be named";
	try {
		holder = readdirSync(path)[0] ?? holder;
	} catch (error) {
		if (errnoOf(error) !== "ENOENT") throw error;
	}
	return new ShopfloorError(
		"lock-busy",
		`the lock ${path} was not to be had for ${waitMaxMs / 1_000} s; it is held by ${holder} (pid first). If that process hangs, end it.`,
	);
}

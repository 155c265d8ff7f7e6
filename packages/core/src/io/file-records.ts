/**
 * Records as JSON files, one each: `{ "revision": 12, "value": … }`.
 *
 * An update happens under the record's lock: read, change, write beside, flush, rename, flush the folder. A second
 * copy stands in `last-good/`, so that a file somebody broke by hand can be put back; the broken one is kept aside.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { copyFile, mkdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Clock, instant, systemClock } from "./clock.ts";
import { crashAt } from "./crash-point.ts";
import { replaceFile, temporaryOf } from "./durable.ts";
import { FileLock } from "./lock/file-lock.ts";
import type { Held } from "./lock/holding.ts";
import { isGone, uniqueName } from "./process-identity.ts";
import type { Records, StoredRecord } from "./records.ts";
import { diskError, errnoOf, ShopfloorError } from "./shopfloor-error.ts";
import { takeAway } from "./take-away.ts";
import type { Watcher } from "./watch.ts";

export interface RecordTrouble {
	readonly code: "bad-record";
	readonly message: string;
}

/** An editor that saves in place shows half a file for a moment. */
const secondLookMs = 50;
/** A lock can be lost again and again only if something keeps stopping this process. */
const triesMax = 5;

const nothing: StoredRecord = { revision: 0, value: undefined };

/** Why a file is not a record. One that is `foreign` was written whole, but holds what this version does not know. */
interface Fault {
	readonly fault: string;
	readonly foreign?: true;
}

export class FileRecords implements Records {
	readonly #dir: string;
	readonly #watcher: Watcher;
	readonly #clock: Clock;
	readonly #onTrouble: (trouble: RecordTrouble) => void;
	readonly #checks = new Map<string, (value: unknown) => string | undefined>();

	constructor(dir: string, watcher: Watcher, clock: Clock, onTrouble: (trouble: RecordTrouble) => void) {
		this.#dir = dir;
		this.#watcher = watcher;
		this.#clock = clock;
		this.#onTrouble = onTrouble;
	}

	/** A record whose value fails the check counts as broken, like one that is not JSON. */
	check(key: string, fault: (value: unknown) => string | undefined): void {
		this.#checks.set(key, fault);
	}

	async get(key: string): Promise<StoredRecord> {
		const first = this.#look(key);
		if (!isFault(first)) return first;
		await systemClock.sleep(secondLookMs);
		const second = this.#look(key);
		if (!isFault(second)) return second;
		return this.#locked(key, (held) => this.#current(key, held));
	}

	async update(key: string, change: (current: StoredRecord) => unknown): Promise<StoredRecord> {
		return await this.#locked(key, async (held) => {
			const current = await this.#current(key, held);
			const value = change(current);
			if (value === current.value) return current;
			return await this.#put(key, { revision: current.revision + 1, value }, held);
		});
	}

	changed(key: string, ms: number, signal?: AbortSignal): Promise<void> {
		return this.#watcher.changed(this.#path(key), ms, signal);
	}

	async keys(prefix: string): Promise<readonly string[]> {
		const folder = join(this.#dir, prefix);
		if (!existsSync(folder)) return [];
		return readdirSync(folder)
			.filter((name) => name.endsWith(".json"))
			.map((name) => `${prefix}${name.slice(0, -".json".length)}`)
			.sort();
	}

	isGone(holder: string): boolean {
		return isGone(holder);
	}

	async #locked<T>(key: string, work: (held: Held) => Promise<T>): Promise<T> {
		const lock = new FileLock(`${this.#dir}/locks/${key.replaceAll("/", "+")}`);
		for (let tries = 1; ; tries++) {
			const held = await lock.acquire();
			try {
				await mkdir(dirname(this.#path(key)), { recursive: true, mode: 0o700 });
				if (held.unclean) {
					// A holder that wakes up finds its temporary file gone and cannot rename it into place.
					if (!held.stillMine()) throw new Lost();
					this.#removeTemporaries(key);
					if (!held.stillMine()) throw new Lost();
					held.cleaned();
				}
				return await work(held);
			} catch (error) {
				if (!(error instanceof Lost)) throw diskError(error, `writing ${this.#path(key)}`);
				if (tries >= triesMax)
					throw new ShopfloorError(
						"lock-lost",
						`writing the record ${key}: the lock was lost ${triesMax} times in a row. Is this process being stopped and continued?`,
					);
			} finally {
				held.release();
			}
		}
	}

	/** Under the lock. A broken record is put back from the last good one before anybody builds on it. */
	async #current(key: string, held: Held): Promise<StoredRecord> {
		const found = this.#look(key);
		if (!isFault(found)) return found;
		const good = this.#read(this.#lastGood(key), key);
		if (found.foreign && isFault(good) && good.foreign)
			throw new ShopfloorError(
				"bad-record",
				`${this.#path(key)} ${found.fault}. So does its last good copy, so a newer version will have written it: run that version, or move both files away.`,
			);
		const aside = await this.#keepAside(key);
		const restored = isFault(good) ? nothing : good;
		crashAt("record.restore.before");
		const put = await this.#put(key, { revision: restored.revision + 1, value: restored.value ?? null }, held);
		const instead =
			restored === nothing
				? "there was no good copy, so it begins empty"
				: `the last good one (revision ${restored.revision}) was put back`;
		this.#onTrouble({
			code: "bad-record",
			message: `${this.#path(key)} ${found.fault}; ${aside === undefined ? "" : `it is kept as ${aside}, and `}${instead}`,
		});
		return restored === nothing ? { revision: put.revision, value: undefined } : put;
	}

	async #keepAside(key: string): Promise<string | undefined> {
		const folder = join(this.#dir, "aside");
		const name = `${key.replaceAll("/", "+")}-${instant(this.#clock.now()).replaceAll(":", "")}-${uniqueName()}.json`;
		try {
			await mkdir(folder, { recursive: true, mode: 0o700 });
			await copyFile(this.#path(key), join(folder, name));
			return join(folder, name);
		} catch (error) {
			if (errnoOf(error) === "ENOENT") return undefined;
			throw error;
		}
	}

	async #put(key: string, record: StoredRecord, held: Held): Promise<StoredRecord> {
		const path = this.#path(key);
		try {
			await replaceFile(path, `${JSON.stringify(record, null, "\t")}\n`, {
				// Asked after the temporary file exists: whoever takes over later than this removes it first.
				beforeRename: () => {
					if (!held.stillMine()) throw new Lost();
				},
			});
		} catch (error) {
			throw errnoOf(error) === "ENOENT" ? new Lost() : error;
		}
		crashAt("record.last-good.before");
		await this.#keepGood(key, path);
		return record;
	}

	/**
	 * Not flushed: it is needed only when the file itself, which is, was broken by hand. Nor may it fail the update,
	 * which stands by now; without room for it, the last good one is an older one.
	 */
	async #keepGood(key: string, path: string): Promise<void> {
		const good = this.#lastGood(key);
		const temporary = temporaryOf(good);
		try {
			await mkdir(dirname(good), { recursive: true, mode: 0o700 });
			await copyFile(path, temporary);
			crashAt("record.last-good.rename.before");
			await rename(temporary, good);
		} catch {
			await rm(temporary, { force: true });
		}
	}

	/** The record, or why it cannot be read. */
	#look(key: string): StoredRecord | Fault {
		const found = this.#read(this.#path(key), key);
		// Records are never removed, so one that is gone was removed by hand or with its disk.
		return found === nothing && existsSync(this.#lastGood(key)) ? { fault: "was gone" } : found;
	}

	#read(path: string, key: string): StoredRecord | Fault {
		let text: string;
		try {
			text = readFileSync(path, "utf8");
		} catch (error) {
			if (errnoOf(error) === "ENOENT") return nothing;
			throw error;
		}
		let parsed: unknown;
		try {
			parsed = JSON.parse(text);
		} catch {
			return { fault: "was not JSON" };
		}
		const { revision, value } = (parsed ?? {}) as Partial<StoredRecord>;
		if (!Number.isSafeInteger(revision) || (revision as number) < 1) return { fault: "had no revision" };
		if (value === null) return { revision: revision as number, value: undefined };
		const misfit = this.#checks.get(key)?.(value);
		if (misfit !== undefined) return { fault: misfit, foreign: true };
		return { revision: revision as number, value };
	}

	#removeTemporaries(key: string): void {
		const path = this.#path(key);
		for (const name of readdirSync(dirname(path)))
			if (name.startsWith(`${basename(path)}.`) && name.endsWith(".tmp")) takeAway(join(dirname(path), name));
	}

	// Not by `join`, which goes through its result letter by letter: these are asked for in every turn of every process.
	#path(key: string): string {
		return `${this.#dir}/${key}.json`;
	}

	#lastGood(key: string): string {
		return `${this.#dir}/last-good/${key}.json`;
	}
}

function isFault(found: StoredRecord | Fault): found is Fault {
	return "fault" in found;
}

class Lost extends Error {}

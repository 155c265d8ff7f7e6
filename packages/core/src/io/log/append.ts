/**
 * Appending. Under the lock: mend the tail, number and chain the lines, write. Then give the lock back, flush, and
 * acknowledge. The flush needs no lock, because it makes durable everything that was written before it, whoever wrote
 * that; so the flushes of several processes share one trip. Appends of one process that arrive while it waits share
 * one lock hold and one flush.
 *
 * If the process dies between any two lines: before the write, nothing happened; in the write, the next writer moves
 * the torn tail aside; after it, the entry stands without having been acknowledged.
 */
import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync } from "node:fs";
import { promisify } from "node:util";
import type { Draft, Entry } from "../../model/entry.ts";
import { type Clock, instant } from "../clock.ts";
import { crashAt } from "../crash-point.ts";
import { writeAll } from "../durable.ts";
import { FileLock } from "../lock/file-lock.ts";
import type { Held } from "../lock/holding.ts";
import { diskError, ShopfloorError } from "../shopfloor-error.ts";
import { encodeLines, type Prepared, prepare } from "./encode.ts";
import { moveOutOfReach } from "./fence.ts";
import type { LogFiles } from "./files.ts";
import { hashLine } from "./hash.ts";
import { KnownIds } from "./known-ids.ts";
import { lineAt } from "./last.ts";
import { endOfLastLine, type FileId, fileId, findTail, type Repair, type Tail } from "./tail.ts";
import { type Waiting, WaitingAppends } from "./waiting.ts";
import { entriesOf, type Wrote } from "./wrote.ts";

const flush = promisify(fdatasync);

/** Flushes under way at once; more would only queue in libuv's thread pool. */
const flushesMax = 2;
/** A lock can be lost again and again only if something keeps stopping this process. */
const triesMax = 5;

export class Appender {
	readonly #files: LogFiles;
	readonly #clock: Clock;
	readonly #lock: FileLock;
	readonly #ids: KnownIds;
	readonly #onSize: (bytes: number) => void;
	readonly #waiting = new WaitingAppends();
	#draining = false;
	#flushes = 0;
	#flushed: (() => void)[] = [];
	#tail: Tail | undefined;
	/** Done to the file, and still to be told in it. */
	#repairs: readonly Repair[] = [];
	/** A flush failed: the segment must be written anew before anybody builds on it. */
	#suspect = false;

	/** `onSize` hears how large the open segment is after each batch. */
	constructor(files: LogFiles, clock: Clock, onSize: (bytes: number) => void) {
		this.#files = files;
		this.#clock = clock;
		this.#lock = new FileLock(files.lock);
		this.#ids = new KnownIds(files);
		this.#onSize = onSize;
	}

	async append(drafts: readonly Draft[]): Promise<readonly Entry[]> {
		if (drafts.length === 0) return [];
		const written = this.#waiting.add(prepare(this.#files, drafts));
		if (!this.#draining) void this.#drain();
		return await written;
	}

	/** Runs `work` at the tail of the log, alone. Sealing and reading the tail need this. */
	async atTail<T>(work: (at: { readonly fd: number; readonly tail: Tail; readonly held: Held }) => T): Promise<T> {
		return await this.#alone((fd, held) => {
			try {
				this.#tail = undefined;
				return { done: work({ fd, tail: this.#tailOf(fd), held }) };
			} finally {
				closeSync(fd);
				this.#tail = undefined;
			}
		});
	}

	async idle(): Promise<void> {
		while (this.#draining || this.#flushes > 0) await new Promise<void>((resolve) => setImmediate(resolve));
	}

	async #drain(): Promise<void> {
		this.#draining = true;
		while (!this.#waiting.isEmpty) await this.#writeNext();
		this.#draining = false;
	}

	/** Returns as soon as the next batch may be written. */
	async #writeNext(): Promise<void> {
		let batch: readonly Waiting[] | undefined;
		let doubt: Wrote | undefined;
		try {
			await this.#alone((fd, held) => {
				// Not before the lock is ours: what arrives while we wait for it goes along.
				batch ??= this.#waiting.nextBatch();
				doubt = this.#writeOne(fd, held, batch, doubt);
				return doubt === undefined ? { done: true } : undefined;
			});
		} catch (error) {
			this.#refuse(batch ?? this.#waiting.nextBatch(), error);
		}
		if (this.#flushes >= flushesMax) await this.#oneFlushed();
	}

	/** Returns what was written when the lock was lost before it could be said whose it is. Sees to it that the file is closed. */
	#writeOne(fd: number, held: Held, batch: readonly Waiting[], doubt: Wrote | undefined): Wrote | undefined {
		let flushing = false;
		try {
			const wrote = (doubt && this.#standing(fd, doubt)) ?? this.#write(fd, batch);
			if (!held.stillMine()) {
				this.#tail = undefined;
				return wrote;
			}
			flushing = true;
			void this.#flush(fd, batch, wrote);
			return undefined;
		} finally {
			if (!flushing) closeSync(fd);
		}
	}

	#refuse(batch: readonly Waiting[], error: unknown): void {
		const told = diskError(error, `appending to ${this.#files.open}`);
		for (const { reject } of batch) reject(told);
	}

	/** Runs `work`, which closes the file, under the lock; again when the lock was lost before it was done. */
	async #alone<T>(work: (fd: number, held: Held) => { readonly done: T } | undefined): Promise<T> {
		for (let tries = 0; tries < triesMax; tries++) {
			const held = await this.#lock.acquire();
			try {
				const fd = await this.#openSegment(held);
				const result = fd === undefined ? undefined : work(fd, held);
				if (result !== undefined) return result.done;
			} finally {
				held.release();
			}
		}
		throw lockLost(this.#files);
	}

	/** The open segment, out of the reach of a former holder that may still be alive; undefined when the lock is lost. */
	async #openSegment(held: Held): Promise<number | undefined> {
		if (held.unclean || this.#suspect) {
			this.#tail = undefined;
			if (!(await moveOutOfReach(this.#files, held))) return undefined;
			held.cleaned();
			this.#suspect = false;
		}
		return this.#opened(held);
	}

	/** A descriptor for one batch. Of a flush that failed the kernel tells each that was open, but each only once. */
	#opened(held: Held): number | undefined {
		const fd = openSync(this.#files.open, "a+", 0o600);
		// The order matters: opened first, asked second. A holder evicted later than this writes into a file that its
		// successor has replaced.
		if (held.stillMine()) return fd;
		closeSync(fd);
		return undefined;
	}

	#write(fd: number, batch: readonly Waiting[]): Wrote {
		const all = batch.flatMap(({ prepared }) => prepared);
		const tail = this.#tailOf(fd);
		const known = this.#known(fd, tail.file, all);
		const alerts = this.#repairs.map(alertOf);
		const fresh = [...alerts, ...(known.size === 0 ? all : all.filter((one) => !known.has(one)))];
		const ts = instant(this.#clock.now());
		const { bytes, prevs, hash } = encodeLines(fresh, tail, ts);
		this.#tail = undefined;
		crashAt("append.write.before");
		try {
			writeAll(fd, bytes);
		} catch (error) {
			// A short write leaves a torn tail, which goes. Lines that arrived whole may have been read already: they stay
			// without having been acknowledged, as after a crash.
			ftruncateSync(fd, endOfLastLine(fd, fstatSync(fd).size));
			throw error;
		}
		crashAt("append.write.after");
		this.#repairs = [];
		const size = tail.size + bytes.length;
		const seq = tail.seq + fresh.length;
		this.#tail = { file: tail.file, size, seq, hash };
		return { before: tail.seq, alerts: alerts.length, ts, prevs, known, size, seq, hash };
	}

	/** Appends whose id stands already, in the log or earlier in this batch, with what stands for them. */
	#known(fd: number, file: FileId, all: readonly Prepared[]): Map<Prepared, Entry | Prepared> {
		const known = new Map<Prepared, Entry | Prepared>();
		const identified = all.filter(({ draft }) => draft.id !== undefined);
		if (identified.length === 0) return known;
		this.#ids.catchUp(fd, file);
		const here = new Map<string, Prepared>();
		for (const one of identified) {
			const id = one.draft.id as string;
			const stands = here.get(id) ?? this.#ids.standing(id);
			if (stands === undefined) here.set(id, one);
			else known.set(one, stands);
		}
		return known;
	}

	#tailOf(fd: number): Tail {
		const stats = fstatSync(fd);
		if (this.#tail?.file === fileId(stats) && this.#tail.size === stats.size) return this.#tail;
		const { tail, repairs } = findTail(this.#files, fd, stats);
		this.#repairs = [...this.#repairs, ...repairs];
		return tail;
	}

	/** After a lost lock: was the batch written before its successor closed the door? Then it stands and is done. */
	#standing(fd: number, lost: Wrote): Wrote | undefined {
		const line = lineAt(this.#files, lost.seq);
		if (line === undefined || hashLine(line) !== lost.hash) return undefined;
		return { ...lost, size: fstatSync(fd).size };
	}

	async #flush(fd: number, batch: readonly Waiting[], wrote: Wrote): Promise<void> {
		this.#flushes++;
		try {
			crashAt("append.flush.before");
			await flush(fd);
			crashAt("append.flush.after");
			const entries = entriesOf(wrote);
			for (const { prepared, resolve } of batch) resolve(prepared.map((one) => entries(one)));
		} catch (error) {
			// After a failed flush the kernel may hold pages that never reach the disk, and a second flush would say that
			// all is well. Whoever appends next writes the segment anew.
			this.#distrust();
			for (const { reject } of batch) reject(diskError(error, `flushing ${this.#files.open}`));
		} finally {
			closeSync(fd);
			this.#flushes--;
			for (const wake of this.#flushed.splice(0)) wake();
		}
		this.#onSize(wrote.size);
	}

	async #oneFlushed(): Promise<void> {
		await new Promise<void>((resolve) => this.#flushed.push(resolve));
	}

	#distrust(): void {
		this.#suspect = true;
		try {
			this.#lock.distrust();
		} catch {
			// The disk that refused the flush refuses this too. Nobody else can be told, so it stays with this process.
		}
	}
}

function lockLost(files: LogFiles): ShopfloorError {
	return new ShopfloorError(
		"lock-lost",
		`appending to ${files.open}: the lock was lost in the middle, ${triesMax} times in a row. Is this process being stopped and continued, or the lock directory removed?`,
	);
}

function alertOf(repair: Repair): Prepared {
	const draft: Draft = {
		type: "alert",
		by: "floor",
		data: { code: repair.code, severity: "warning", message: repair.message },
	};
	return { draft, body: `"type":"alert","by":"floor","data":${JSON.stringify(draft.data)}` };
}

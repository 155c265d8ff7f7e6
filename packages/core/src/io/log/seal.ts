/**
 * Sealing: the open segment gets its final name, and a new one begins with a checkpoint that holds the folded state
 * of everything before. So starting costs the same on the first day and after a million entries.
 *
 * In order, under the log's lock: write and flush the new segment beside the old; give the old one its sealed name as
 * a second name; put the new one in its place. Dying between the last two leaves one file with two names: whoever
 * reads takes the open one, and the next seal goes on from there. Both names are given by renaming a temporary file,
 * because a sealer that is stopped, and wakes up when others have gone on, then finds its temporary files gone.
 *
 * Folding is done before the lock is taken; what came in meanwhile is folded under it.
 */
import { closeSync, fdatasyncSync, fsyncSync, linkSync, openSync, renameSync } from "node:fs";
import { basename } from "node:path";
import type { Draft, Seq } from "../../model/entry.ts";
import { emptyState, type FactoryState, fold, isState } from "../../model/factory-state.ts";
import { type Clock, instant } from "../clock.ts";
import { crashAt } from "../crash-point.ts";
import { syncFolderNow, temporaryOf, writeAll } from "../durable.ts";
import type { FileLock } from "../lock/file-lock.ts";
import type { Held } from "../lock/holding.ts";
import { diskError, errnoOf } from "../shopfloor-error.ts";
import { takeAway } from "../take-away.ts";
import type { Appender } from "./append.ts";
import { encodeLines, prepare } from "./encode.ts";
import { type LogFiles, sealedPath } from "./files.ts";
import { lastEntries } from "./last.ts";
import { Cursor, firstSeq } from "./read.ts";

export interface Sealing {
	readonly files: LogFiles;
	readonly appender: Appender;
	/** Held by the one process that folds; guards nothing but that others need not. */
	readonly alone: FileLock;
	readonly clock: Clock;
}

/**
 * Seals if the open segment is larger than `segmentBytes`. Returns false if it was not, if another process is at it, or
 * if too many entries came in meanwhile.
 */
export async function seal(sealing: Sealing, segmentBytes: number): Promise<boolean> {
	const alone = sealing.alone.tryAcquire();
	if (alone === undefined) return false;
	try {
		alone.cleaned();
		return await foldAndSeal(sealing, segmentBytes);
	} catch (error) {
		throw diskError(error, `sealing ${sealing.files.open}`);
	} finally {
		alone.release();
	}
}

async function foldAndSeal({ files, appender, clock }: Sealing, segmentBytes: number): Promise<boolean> {
	const folding = new Folding(files);
	try {
		await folding.almostToEnd();
		const sealed = await appender.atTail(({ fd, tail, held }) => {
			if (tail.size <= segmentBytes) return false;
			// Others append faster than one can fold, and would all have to wait for what is left: another time.
			if (tail.seq - folding.reached > leftMost) return false;
			const state = folding.toEnd();
			const first = firstSeq(fd);
			if (first === undefined || state.seq !== tail.seq) return false;
			// They would be missing in the checkpoint. A newer process knows how to fold them, and seals.
			if (folding.passedUnknown) return { heldSince: first };
			// The checkpoint is durable soon; what it chains to must not come after it.
			fdatasyncSync(fd);
			return replaceSegment(files, held, first, checkpointLine(files, clock, { state, first, tail }));
		});
		if (typeof sealed === "boolean") return sealed;
		await appender.append([heldUp(sealed.heldSince)]);
		return false;
	} finally {
		folding.close();
	}
}

/** Told once for each segment: its id keeps it from being written again. */
function heldUp(first: Seq): Draft {
	const message =
		"the log holds entries of a newer version, so this one cannot put them into a checkpoint: the open segment grows, and starting takes longer with it. Run the newer version again: npm start";
	return {
		type: "alert",
		by: "floor",
		id: `sealing-held-up:${first}`,
		data: { code: "sealing-held-up", severity: "warning", message },
	};
}

/** False when the lock was lost on the way. */
function replaceSegment(files: LogFiles, held: Held, first: Seq, begins: Buffer): boolean {
	const fresh = temporaryOf(files.open);
	const sealed = sealedPath(files, first);
	const second = temporaryOf(sealed);
	try {
		writeDurably(fresh, begins);
		crashAt("seal.link.before");
		linkSync(files.open, second);
		if (!held.stillMine()) return false;
		crashAt("seal.name.before");
		renameSync(second, sealed);
		crashAt("seal.rename.before");
		renameSync(fresh, files.open);
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return false;
		throw error;
	} finally {
		// Renaming a file to another name of itself leaves both.
		takeAway(second);
		takeAway(fresh);
	}
	crashAt("seal.after");
	syncFolderNow(files.sealedDir);
	syncFolderNow(files.stateDir);
	return true;
}

function writeDurably(path: string, bytes: Buffer): void {
	const fd = openSync(path, "w", 0o600);
	try {
		writeAll(fd, bytes);
		fsyncSync(fd);
	} finally {
		closeSync(fd);
	}
}

function checkpointLine(
	files: LogFiles,
	clock: Clock,
	{ state, first, tail }: { state: FactoryState; first: Seq; tail: { seq: Seq; hash: string } },
): Buffer {
	const draft: Draft = {
		type: "checkpoint",
		by: "floor",
		data: {
			through: tail.seq,
			entries: state.entries,
			sealed: basename(sealedPath(files, first)),
			state: state as unknown as Record<string, unknown>,
		},
	};
	return encodeLines(prepare(files, [draft]), tail, instant(clock.now())).bytes;
}

/** What is left to fold under the lock is this much, about ten milliseconds, unless others are faster than we are. */
const roundEntries = 2_000;
const roundsMost = 5;
const leftMost = 5 * roundEntries;

/** Folds from the newest trustworthy checkpoint on, as far as the log goes; goes on from there when asked again. */
class Folding {
	#state: FactoryState = emptyState;
	readonly #cursor: Cursor;

	constructor(files: LogFiles) {
		const checkpoint = lastEntries(files, 1, { type: ["checkpoint"] })[0];
		const trusted = checkpoint?.type === "checkpoint" && isState(checkpoint.data.state);
		this.#cursor = new Cursor(files, trusted ? checkpoint.seq : 1);
	}

	/** As near to the end as others let us come, without holding them up or the event loop. */
	async almostToEnd(): Promise<void> {
		for (
			let rounds = 0, before = Number.NEGATIVE_INFINITY;
			rounds < roundsMost && this.reached - before > roundEntries;
			rounds++
		) {
			before = this.reached;
			for (let step = this.#cursor.step(); step.length > 0; step = this.#cursor.step()) {
				this.#state = step.reduce(fold, this.#state);
				await new Promise<void>((resolve) => setImmediate(resolve));
			}
		}
	}

	get reached(): Seq {
		return this.#state.seq;
	}

	get passedUnknown(): boolean {
		return this.#cursor.passedUnknown;
	}

	toEnd(): FactoryState {
		for (let step = this.#cursor.step(); step.length > 0; step = this.#cursor.step())
			this.#state = step.reduce(fold, this.#state);
		return this.#state;
	}

	close(): void {
		this.#cursor.close();
	}
}

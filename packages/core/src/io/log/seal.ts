/**
 * Sealing: the open segment gets its final name, and a new one begins with a checkpoint that holds the folded state
 * of everything before. So starting costs the same on the first day and after a million entries.
 *
 * In order, under the log's lock: write and flush the new segment beside the old; give the old one its sealed name as
 * a second name; put the new one in its place. Dying between the last two leaves one file with two names, and the
 * next seal goes on from there.
 *
 * Folding is done before the lock is taken; what came in meanwhile is folded under it.
 */
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { basename } from "node:path";
import type { Draft, Seq } from "../../model/entry.ts";
import { emptyState, type FactoryState, fold, isState } from "../../model/factory-state.ts";
import { type Clock, instant } from "../clock.ts";
import { crashAt } from "../crash-point.ts";
import { linkOnce, syncFolderNow, writeAll } from "../durable.ts";
import { FileLock } from "../file-lock.ts";
import { myIdentity } from "../process-identity.ts";
import { diskError } from "../shopfloor-error.ts";
import type { Appender } from "./append.ts";
import { encodeLines, prepare } from "./encode.ts";
import { type LogFiles, sealedPath } from "./files.ts";
import { lastEntries } from "./last.ts";
import { Cursor, firstSeq } from "./read.ts";

/** Seals if the open segment is larger than `segmentBytes`; returns false if it was not, or if another process is at it. */
export async function seal(files: LogFiles, appender: Appender, clock: Clock, segmentBytes: number): Promise<boolean> {
	const alone = new FileLock(files.sealLock).tryAcquire();
	if (alone === undefined) return false;
	const folding = new Folding(files);
	try {
		// The lock guards nothing but our own diligence; there is nothing to fence.
		if (alone.unclean) alone.cleaned();
		await folding.almostToEnd();
		return await appender.atTail(({ fd, tail, held }) => {
			if (tail.size <= segmentBytes) return false;
			const state = folding.toEnd();
			const first = firstSeq(fd);
			// A last entry of a type unknown here: a newer process knows how to fold it, and seals.
			if (first === undefined || state.seq !== tail.seq || !held.stillMine()) return false;
			replaceSegment(files, clock, { state, first, tail });
			return true;
		});
	} finally {
		folding.close();
		alone.release();
	}
}

function replaceSegment(
	files: LogFiles,
	clock: Clock,
	{ state, first, tail }: { state: FactoryState; first: Seq; tail: { seq: Seq; hash: string } },
): void {
	const sealed = sealedPath(files, first);
	const temporary = `${files.open}.${myIdentity()}.tmp`;
	const draft: Draft = {
		type: "checkpoint",
		by: "floor",
		data: {
			through: tail.seq,
			entries: state.entries,
			sealed: basename(sealed),
			state: state as unknown as Record<string, unknown>,
		},
	};
	const fd = openSync(temporary, "w", 0o600);
	try {
		writeAll(fd, encodeLines(prepare(files, [draft]), tail, instant(clock.now())).bytes);
		fsyncSync(fd);
	} catch (error) {
		rmSync(temporary, { force: true });
		throw diskError(error, `sealing ${files.open}`);
	} finally {
		closeSync(fd);
	}
	crashAt("seal.link.before");
	linkOnce(files.open, sealed);
	crashAt("seal.rename.before");
	renameSync(temporary, files.open);
	crashAt("seal.after");
	syncFolderNow(files.sealedDir);
	syncFolderNow(files.stateDir);
}

/** What is left to fold under the lock is this much, about ten milliseconds, unless others are faster than we are. */
const roundEntries = 2_000;
const roundsMost = 5;

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
		const reached = () => this.#state.seq;
		for (let rounds = 0, before = -1; rounds < roundsMost && reached() - before > roundEntries; rounds++) {
			before = reached();
			for (let step = this.#cursor.step(); step.length > 0; step = this.#cursor.step()) {
				this.#state = step.reduce(fold, this.#state);
				await new Promise<void>((resolve) => setImmediate(resolve));
			}
		}
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

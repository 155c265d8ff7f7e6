/** The log as everybody sees it, and the driver that keeps it in files. */
import type { Draft, Entry, Seq } from "../model/entry.ts";
import { type Clock, systemClock } from "./clock.ts";
import { FileLock } from "./lock/file-lock.ts";
import { Appender } from "./log/append.ts";
import { type LogFiles, logFiles } from "./log/files.ts";
import { follow, read } from "./log/follow.ts";
import { type Filter, lastEntries } from "./log/last.ts";
import { type Sealing, seal } from "./log/seal.ts";
import { Sealer, segmentBytesDefault } from "./log/sealer.ts";
import { type Head, type Verification, verifyLog } from "./log/verify.ts";
import type { Watcher } from "./watch.ts";

export interface EventLog {
	/**
	 * Resolves when the entries are durable, numbered without a gap, in the order given and next to each other. Rejects
	 * with `bad-draft` before anything is written, with `disk-full` or `disk-error` when nothing was acknowledged (some
	 * of it may stand, as after a crash). A draft with an `id` that stands already is not written again; the entry that
	 * stands is returned in its place. An id is remembered through one seal of the log, and a second one forgets it.
	 */
	append(drafts: readonly Draft[]): Promise<readonly Entry[]>;
	/** Everything from `from` to the present end. Where sealed history was moved away, its checkpoint comes first. */
	read(from: Seq): AsyncIterable<Entry>;
	/** The newest entries that match, oldest first. Reads backwards: the cost grows with `count`, not with the log. */
	last(count: number, where?: Filter): Promise<readonly Entry[]>;
	/** Replay from `from`, then live until the signal aborts. */
	follow(from: Seq, signal: AbortSignal): AsyncIterable<Entry>;
}

/** What only the file driver has. */
export interface FileLog extends EventLog {
	/** Reads everything, in small portions, so that the process goes on with other things; ends early with the signal. */
	verify(anchors?: readonly Head[], signal?: AbortSignal): Promise<Verification>;
	/** Seals the open segment if it is larger than `segmentBytes`. */
	seal(segmentBytes?: number): Promise<boolean>;
	/** Resolves when everything that was asked for is written or refused. */
	close(): Promise<void>;
}

export interface FileLogOptions {
	readonly stateDir: string;
	readonly watcher: Watcher;
	readonly clock?: Clock;
	/** Size past which the open segment is sealed: what a start has to fold at most, in normal times. */
	readonly segmentBytes?: number;
}

export function fileLog({
	stateDir,
	watcher,
	clock = systemClock,
	segmentBytes = segmentBytesDefault,
}: FileLogOptions): FileLog {
	const files: LogFiles = logFiles(stateDir);
	const appender: Appender = new Appender(files, clock, (size) => sealer.grown(size));
	const sealing: Sealing = { files, appender, alone: new FileLock(files.sealLock), clock };
	const sealer = new Sealer(files.open, segmentBytes, () => seal(sealing, segmentBytes));
	return {
		append: (drafts) => appender.append(drafts),
		read: (from) => read(files, from),
		last: async (count, where) => lastEntries(files, count, where),
		follow: (from, signal) => follow(files, watcher, from, signal),
		verify: (anchors, signal) => verifyLog(files, anchors, signal),
		seal: (bytes = segmentBytes) => seal(sealing, bytes),
		async close() {
			await appender.idle();
			await sealer.close();
		},
	};
}

/**
 * Reads a file that another process is writing, as it grows. Looked at a few times a second and not watched: a watcher
 * may miss the last bytes, and the one that is sure costs as much.
 */
import { closeSync, openSync, readSync } from "node:fs";
import { type Clock, errnoOf } from "@shopfloor/core/io";

export interface FollowOptions {
	readonly clock: Clock;
	/** Aborts when the writer has ended: what there is then is read to its end. */
	readonly ended: AbortSignal;
	/** What lies beyond is not read: the writer is being ended for it. */
	readonly bytesMax: number;
	hear(bytes: Uint8Array): void;
	/** After every look, whether there was anything or not. */
	look?(): void | Promise<void>;
}

/** A person who watches does not notice; the file is not there for the first moments. */
const lookEveryMs = 50;
/** Then others get their turn, who watch its size among other things. */
const lookBytesMax = 4 * 1024 * 1024;
/** At most so much at a time is in our memory. */
const chunkBytes = 64 * 1024;

export async function followFile(path: string, { clock, ended, bytesMax, hear, look }: FollowOptions): Promise<void> {
	const chunk = Buffer.allocUnsafe(chunkBytes);
	let fd: number | undefined;
	let at = 0;
	try {
		for (;;) {
			// Asked before reading: what was written before the end is all that there will be.
			const isLast = ended.aborted;
			fd ??= openIfThere(path);
			const until = Math.min(at + lookBytesMax, bytesMax);
			let read = -1;
			while (fd !== undefined && read !== 0 && at < until) {
				read = readSync(fd, chunk, 0, Math.min(chunk.length, until - at), at);
				at += read;
				hear(chunk.subarray(0, read));
			}
			await look?.();
			if (at === until && at < bytesMax) await new Promise((resolve) => setImmediate(resolve));
			else if (isLast) return;
			else await clock.sleep(lookEveryMs, ended);
		}
	} finally {
		if (fd !== undefined) closeSync(fd);
	}
}

function openIfThere(path: string): number | undefined {
	try {
		return openSync(path, "r");
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return undefined;
		throw error;
	}
}

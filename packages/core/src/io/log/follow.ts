/** Replay, then live. */
import type { Entry, Seq } from "../../model/entry.ts";
import { lookAgainMs, type Watcher } from "../watch.ts";
import type { LogFiles } from "./files.ts";
import { Cursor } from "./read.ts";

/**
 * After something came, look again after these waits before trusting the hints: chokidar announces one change per
 * 50 ms and never the last of a burst.
 */
const afterNewsMs = [5, 10, 20, 40, 80];

export async function* follow(
	files: LogFiles,
	watcher: Watcher,
	from: Seq,
	signal: AbortSignal,
): AsyncGenerator<Entry> {
	const cursor = new Cursor(files, from);
	try {
		let quiet = afterNewsMs.length;
		while (!signal.aborted) {
			const entries = cursor.step();
			for (const entry of entries) {
				if (signal.aborted) return;
				yield entry;
			}
			if (entries.length > 0) quiet = 0;
			else await watcher.changed(files.open, afterNewsMs[quiet++] ?? lookAgainMs, signal);
		}
	} finally {
		cursor.close();
	}
}

/** From `from` to the present end. */
export async function* read(files: LogFiles, from: Seq): AsyncGenerator<Entry> {
	const cursor = new Cursor(files, from);
	try {
		for (let step = cursor.step(); step.length > 0; step = cursor.step()) yield* step;
	} finally {
		cursor.close();
	}
}

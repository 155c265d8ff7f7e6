/**
 * Fencing the log: the open segment gets a new file with the same content. Whoever still has the old one open, a
 * stopped holder that wakes up, writes into a file that nobody reads.
 *
 * The one that fences may itself be stopped, and another fences after it. So each takes the temporary files of those
 * before it away first, and asks whether the lock is still its own only after its own temporary file exists: a rename
 * that comes too late finds nothing to rename.
 */
import { closeSync, constants, existsSync, fstatSync, fsyncSync, openSync, readSync, renameSync } from "node:fs";
import { copyFile, type FileHandle, open } from "node:fs/promises";
import { crashAt } from "../crash-point.ts";
import { syncFolderNow, temporaryOf, writeAll } from "../durable.ts";
import type { Held } from "../lock/holding.ts";
import { errnoOf } from "../shopfloor-error.ts";
import { takeAway } from "../take-away.ts";
import { type LogFiles, removeTemporaries } from "./files.ts";

/**
 * False when the lock was lost on the way, and nothing was done. Copying and flushing do not block the process, because
 * a lock is kept alive by a timer and a slow disk may need longer than a lock lives.
 */
export async function moveOutOfReach(files: LogFiles, held: Held): Promise<boolean> {
	// Not ours any more, they may be those of the one that has the lock now.
	if (!held.stillMine()) return false;
	removeTemporaries(files);
	if (!existsSync(files.open)) return held.stillMine();
	const old = openSync(files.open, "r");
	const temporary = temporaryOf(files.open);
	try {
		await copyFile(files.open, temporary);
		crashAt("fence.open.before");
		const copy = await opened(temporary);
		if (copy === undefined) return false;
		try {
			await copy.sync();
			crashAt("fence.copied");
			if (!held.stillMine()) return false;
			crashAt("fence.rename.before");
			if (!renamed(temporary, files.open)) return false;
			crashAt("fence.adopt.before");
			adoptLateLines(old, copy.fd);
		} finally {
			await copy.close();
		}
	} finally {
		closeSync(old);
		takeAway(temporary);
	}
	syncFolderNow(files.stateDir);
	return true;
}

/** Undefined when somebody who fences too took it away: opening must not make an empty one. */
async function opened(temporary: string): Promise<FileHandle | undefined> {
	try {
		return await open(temporary, constants.O_RDWR | constants.O_APPEND);
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return undefined;
		throw error;
	}
}

/** What the old holder wrote between the copy and the rename may have been read already, so it becomes part of the log. */
function adoptLateLines(old: number, copy: number): void {
	const known = fstatSync(copy).size;
	const late = Buffer.alloc(Math.max(0, fstatSync(old).size - known));
	if (late.length === 0) return;
	readSync(old, late, 0, late.length, known);
	writeAll(copy, late);
	fsyncSync(copy);
}

function renamed(from: string, to: string): boolean {
	try {
		renameSync(from, to);
		return true;
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return false;
		throw error;
	}
}

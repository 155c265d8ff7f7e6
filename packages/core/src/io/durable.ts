/** Writing so that it is there after a crash: whole or not at all. */
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";
import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { crashAt } from "./crash-point.ts";
import { uniqueName } from "./process-identity.ts";
import { diskError, ShopfloorError } from "./shopfloor-error.ts";
import { takeAway } from "./take-away.ts";

/** Beside the file it is to replace, and told by its name whose it is. */
export function temporaryOf(path: string): string {
	return `${path}.${uniqueName()}.tmp`;
}

/**
 * Replaces a file: temporary file beside it, size checked, flushed, renamed, folder flushed. A full disk leaves the
 * old file as it was. `beforeRename` may still call it off by throwing.
 */
export async function replaceFile(
	path: string,
	content: string,
	options: { readonly temporary?: string; readonly mode?: number; readonly beforeRename?: () => void } = {},
): Promise<void> {
	const bytes = Buffer.from(content);
	const temporary = options.temporary ?? temporaryOf(path);
	try {
		const file = await open(temporary, "w", options.mode ?? 0o600);
		try {
			await writeWhole(file, bytes, temporary);
			crashAt("replace.sync.before");
			await file.sync();
		} finally {
			await file.close();
		}
		options.beforeRename?.();
		crashAt("replace.rename.before");
		await rename(temporary, path);
		crashAt("replace.folder.before");
		await syncFolder(dirname(path));
	} catch (error) {
		await rm(temporary, { force: true });
		throw diskError(error, `writing ${path}`);
	}
}

async function writeWhole(file: FileHandle, bytes: Buffer, path: string): Promise<void> {
	await file.writeFile(bytes);
	const { size } = await stat(path);
	if (size !== bytes.length)
		throw new ShopfloorError("disk-error", `writing ${path}: ${size} of ${bytes.length} bytes arrived`);
}

/** The same where nothing may come in between, and without a check before the rename. */
export function replaceFileNow(path: string, content: string): void {
	const temporary = temporaryOf(path);
	try {
		const fd = openSync(temporary, "w", 0o600);
		try {
			writeAll(fd, Buffer.from(content));
			fsyncSync(fd);
		} finally {
			closeSync(fd);
		}
		crashAt("replace-now.rename.before");
		renameSync(temporary, path);
		crashAt("replace-now.folder.before");
		syncFolderNow(dirname(path));
	} catch (error) {
		takeAway(temporary);
		throw diskError(error, `writing ${path}`);
	}
}

async function syncFolder(path: string): Promise<void> {
	const folder = await open(path, "r");
	try {
		await folder.sync();
	} finally {
		await folder.close();
	}
}

export function syncFolderNow(path: string): void {
	const folder = openSync(path, "r");
	try {
		fsyncSync(folder);
	} finally {
		closeSync(folder);
	}
}

/** Writes all of it or throws; a short write is how a full disk first shows. */
export function writeAll(fd: number, bytes: Uint8Array): void {
	let written = 0;
	while (written < bytes.length) {
		const count = writeSync(fd, bytes, written);
		if (count === 0) throw Object.assign(new Error("write wrote nothing"), { code: "EIO" });
		written += count;
	}
}

/** Puts a changed text in the place of a file: whole or not at all, and only if it still is the file that was read. */
import { createHash } from "node:crypto";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { errnoOf, replaceFile } from "@shopfloor/core/io";
import type { Ended } from "./roles/said.ts";

export interface Edit {
	/** Relative to the folder. */
	readonly file: string;
	readonly text: string;
	/** Of the file as it was read. */
	readonly hash: string;
}

/** Undefined when it is done. Rejects when the disk does not take it. */
export async function writeEdit(
	folder: string,
	{ file, text, hash }: Edit,
	signal?: AbortSignal,
): Promise<Ended | undefined> {
	const path = join(folder, file);
	try {
		const { mode } = statSync(path);
		await replaceFile(path, text, { mode: mode & 0o777, beforeRename: () => mustBeAsRead(path, hash, signal) });
		return undefined;
	} catch (error) {
		if (error instanceof CalledOff) return error.ended;
		if (errnoOf(error) === "ENOENT") return changedMeanwhile(path);
		throw error;
	}
}

class CalledOff extends Error {
	readonly ended: Ended;

	constructor(ended: Ended) {
		super(ended.kind);
		this.ended = ended;
	}
}

function mustBeAsRead(path: string, hash: string, signal: AbortSignal | undefined): void {
	if (signal?.aborted)
		throw new CalledOff({ kind: "failed", code: "aborted", detail: "It was called off; nothing was changed." });
	const same = realpathSync(path) === path && createHash("sha256").update(readFileSync(path)).digest("hex") === hash;
	if (!same) throw new CalledOff(changedMeanwhile(path));
}

function changedMeanwhile(path: string): Ended {
	const detail = `The built-in agent cannot do it: ${path} was changed by somebody else in the meantime; nothing was written.`;
	return { kind: "refused", code: "cannot", detail };
}

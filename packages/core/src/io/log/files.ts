/**
 * Where the log lies: the open segment, and the sealed ones named after their first seq. Only the open segment is
 * ever written. Sealed segments may be moved away by a person; the checkpoint that follows stands in for them.
 */
import { mkdirSync, readdirSync } from "node:fs";
import type { Seq } from "../../model/entry.ts";
import { errnoOf } from "../shopfloor-error.ts";
import { takeAway } from "../take-away.ts";

export interface LogFiles {
	readonly stateDir: string;
	readonly open: string;
	readonly sealedDir: string;
	readonly blobDir: string;
	/** Torn tails and other remains, kept for a person to look at. */
	readonly asideDir: string;
	readonly lock: string;
	readonly sealLock: string;
}

export function logFiles(stateDir: string): LogFiles {
	return {
		stateDir,
		open: `${stateDir}/experiment-log.jsonl`,
		sealedDir: `${stateDir}/sealed`,
		blobDir: `${stateDir}/blobs`,
		asideDir: `${stateDir}/aside`,
		lock: `${stateDir}/locks/log`,
		sealLock: `${stateDir}/locks/seal`,
	};
}

export function makeLogFolders(files: LogFiles): void {
	for (const dir of [files.sealedDir, files.blobDir, files.asideDir, `${files.stateDir}/locks`])
		mkdirSync(dir, { recursive: true, mode: 0o700 });
}

export interface Segment {
	readonly path: string;
	readonly first: Seq;
}

const sealedName = /^(\d{12})\.jsonl$/;

export function sealedPath(files: LogFiles, first: Seq): string {
	return `${files.sealedDir}/${String(first).padStart(12, "0")}.jsonl`;
}

/** Oldest first. */
export function sealedSegments(files: LogFiles): Segment[] {
	return namesIn(files.sealedDir)
		.map((name) => ({ path: `${files.sealedDir}/${name}`, first: Number(sealedName.exec(name)?.[1] ?? Number.NaN) }))
		.filter((segment) => Number.isSafeInteger(segment.first))
		.sort((a, b) => a.first - b.first);
}

/** None where nobody who could write has been. */
function namesIn(dir: string): string[] {
	try {
		return readdirSync(dir);
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return [];
		throw error;
	}
}

/** Takes the temporary files of former holders of the lock away, so that none of them can still be renamed. */
export function removeTemporaries(files: LogFiles): void {
	for (const dir of [files.stateDir, files.sealedDir])
		for (const name of readdirSync(dir)) if (temporaryName.test(name)) takeAway(`${dir}/${name}`);
}

const temporaryName = /^(experiment-log|\d{12})\.jsonl\..+\.tmp$/;

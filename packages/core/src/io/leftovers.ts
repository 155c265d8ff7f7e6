/**
 * What a process that was killed leaves in the floor's folders: temporary files, its card, locks it held, its name in
 * their books and its place in their lines. None of it stops anybody; it only piles up where nobody comes by.
 */
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import { nameOn } from "./lock/card.ts";
import { isGone } from "./process-identity.ts";
import { errnoOf } from "./shopfloor-error.ts";
import { takeAway } from "./take-away.ts";

/** Absolute paths, files and folders, whose owner is gone for certain. For reconciliation to remove. */
export function leftovers(stateDir: string): string[] {
	return foldersOf(stateDir).flatMap(leftoversIn);
}

/**
 * Removes those that still are leftovers at this moment, and tells how many it removed: a lock that was listed may have
 * been taken by somebody who lives. What the disk does not let go stays for the next sweep.
 */
export function sweep(paths: readonly string[]): number {
	return paths.filter((path) => leftoversIn(dirname(path)).includes(path) && isRemoved(path)).length;
}

function isRemoved(path: string): boolean {
	try {
		return takeAway(path);
	} catch (error) {
		if (!refusals.includes(errnoOf(error) ?? "")) throw error;
		return false;
	}
}

/** A disk that can only be read, is full or fails, and a folder of somebody else's. */
const refusals = ["EROFS", "ENOSPC", "EDQUOT", "EIO", "EACCES", "EPERM"];

/** The same for one folder, without those inside it. */
export function leftoversIn(folder: string): string[] {
	return gone(folder).map((name) => `${folder}/${name}`);
}

/** Folders without folders. */
const others = ["blobs", "receipts", "sealed", "secrets"];

/** `last-good` has a folder for every folder that holds records. */
function foldersOf(stateDir: string): string[] {
	const good = `${stateDir}/last-good`;
	const locks = `${stateDir}/locks`;
	const records = foldersUnder(good).flatMap((name) => [`${stateDir}/${name}`, `${good}/${name}`]);
	const inLocks = existsSync(locks) ? subfolders(locks).map((name) => `${locks}/${name}`) : [];
	const noRecords = others.map((name) => `${stateDir}/${name}`);
	return [stateDir, good, ...records, locks, ...inLocks, ...noRecords].filter((dir) => existsSync(dir));
}

function foldersUnder(dir: string): string[] {
	if (!existsSync(dir)) return [];
	return subfolders(dir).flatMap((name) => [
		name,
		...foldersUnder(`${dir}/${name}`).map((under) => `${name}/${under}`),
	]);
}

function subfolders(dir: string): string[] {
	const entries = readdirSync(dir, { withFileTypes: true });
	return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function gone(dir: string): string[] {
	const entries = readdirSync(dir, { withFileTypes: true });
	const locks = basename(dir) === "locks";
	return entries
		.filter((entry) => isGone(ownerIn(entry.name) ?? (locks && entry.isFile() ? ownerOf(`${dir}/${entry.name}`) : "")))
		.map(({ name }) => name);
}

/** Nobody's name where the lock was given back since the folder was listed, as it is many times a second. */
function ownerOf(lock: string): string {
	return nameOn(lock) ?? "";
}

/**
 * `<what>.<owner>.tmp` is a temporary file; cards and signatures in a book are named after their owner, tickets
 * `<when>.<owner>`. What a lock is called says what it guards; its text says who holds it.
 */
function ownerIn(name: string): string | undefined {
	return /^(?:.*\.(?=.+\.tmp$)|\d{20}\.)?(\d+-\d+-\w+-\w+-\w+)(?:\.tmp)?$/.exec(name)?.[1];
}

/**
 * Git's locks name nobody. Those of refs are held for milliseconds, and git itself waits five seconds for one: one that
 * is still there and as old was left by a git that died, and would be in the way for good.
 */
import { rmSync, statSync } from "node:fs";
import { resolve, sep } from "node:path";
import { errnoOf } from "@shopfloor/core/io";

/** Does it, and again where a dead one's lock in this repository was in the way. */
export async function pastStaleLocks<T>(repository: string, work: () => Promise<T>): Promise<T> {
	for (let look = 0; ; look++) {
		try {
			return await work();
		} catch (error) {
			if (look === looksMax || !takeStaleLock(repository, (error as Error).message)) throw error;
		}
	}
}

export const looksMax = 3;

/** Takes away the lock that git complained of if it is old enough. True when it is worth trying again. */
export function takeStaleLock(repository: string, said: string): boolean {
	const found = /Unable to create '([^']+\.lock)': File exists/.exec(said)?.[1];
	if (found === undefined) return false;
	const path = resolve(found);
	// An index is locked for as long as somebody thinks about the words of a commit.
	if (!path.startsWith(`${repository}${sep}`) || path.endsWith(`${sep}index.lock`)) return false;
	try {
		if (Date.now() - statSync(path).mtimeMs < staleMs) return false;
		rmSync(path);
	} catch (error) {
		if (errnoOf(error) !== "ENOENT") throw error;
	}
	return true;
}

const staleMs = 4_000;

import { unlinkSync } from "node:fs";
import { errnoOf } from "./shopfloor-error.ts";

/**
 * Removes a file; false when it was not there. Not by `rmSync`, whose errors have no code from Node 24 on: nobody could
 * tell then that it was the disk.
 */
export function takeAway(path: string): boolean {
	try {
		unlinkSync(path);
		return true;
	} catch (error) {
		if (errnoOf(error) !== "ENOENT") throw error;
		return false;
	}
}

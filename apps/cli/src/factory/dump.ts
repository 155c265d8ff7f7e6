/**
 * What `pm2 save` writes: every process with its environment, readable by all. Ours hold no secret; those of others in
 * the same home may.
 */
import { chmodSync, statSync } from "node:fs";
import { join } from "node:path";

/** Paths of the dumps that other accounts can read. PM2 writes into the files that are there, so a closed one stays so. */
export function openDumps(home: string): string[] {
	return ["dump.pm2", "dump.pm2.bak"].map((name) => join(home, name)).filter((path) => (modeOf(path) & 0o077) !== 0);
}

export function closeDumps(home: string): string[] {
	const paths = openDumps(home);
	for (const path of paths) chmodSync(path, 0o600);
	return paths;
}

/** Nothing is open to anybody that is not there, or in a home that is none. */
function modeOf(path: string): number {
	try {
		return statSync(path).mode;
	} catch {
		return 0;
	}
}

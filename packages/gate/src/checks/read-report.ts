import { existsSync, lstatSync, readFileSync, realpathSync } from "node:fs";
import { dirname } from "node:path";

/** A plain file that is where it seems to be: a link in its place leads to what somebody else wrote. */
export function readReport(path: string, within: string): string | undefined {
	const found = lstatSync(path, { throwIfNoEntry: false });
	if (found === undefined || !found.isFile() || found.size > reportBytesMax) return undefined;
	return isWithin(dirname(path), within) ? readFileSync(path, "utf8") : undefined;
}

/** By its real path; a folder that is not there is nowhere. */
export function isWithin(folder: string, outer: string): boolean {
	if (!existsSync(folder)) return false;
	return `${realpathSync(folder)}/`.startsWith(`${realpathSync(outer)}/`);
}

const reportBytesMax = 128 * 1024 * 1024;

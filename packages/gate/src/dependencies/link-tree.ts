/** A copy of a folder that takes no room: every file in it is a further name of the same file. */
import { copyFileSync, linkSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { errnoOf } from "@shopfloor/core/io";

/**
 * Symlinks stay symlinks. Where the disk has no further names, or none left for a file, that file is copied. Not by `cp`:
 * whether it links is a matter of the system; twelve thousand files take it 0.2 seconds, and this 0.3.
 */
export function linkTree(from: string, to: string, link: typeof linkSync = linkSync): void {
	mkdirSync(to);
	for (const entry of readdirSync(from, { withFileTypes: true })) {
		const source = join(from, entry.name);
		const place = join(to, entry.name);
		if (entry.isDirectory()) linkTree(source, place, link);
		else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), place);
		else linkOrCopy(source, place, link);
	}
}

function linkOrCopy(source: string, place: string, link: typeof linkSync): void {
	try {
		link(source, place);
	} catch (error) {
		if (!unlinkable.includes(errnoOf(error) ?? "")) throw error;
		copyFileSync(source, place);
	}
}

const unlinkable = ["EPERM", "EXDEV", "EMLINK", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"];

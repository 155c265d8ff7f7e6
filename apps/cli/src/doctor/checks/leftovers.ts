import { readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { isGone } from "@shopfloor/core/io";
import { invocation } from "../../examples.ts";
import { check, pass, warn } from "../check.ts";

export interface LeftoversSight {
	/** Temporary files and the like of processes that are gone. */
	readonly files: readonly string[];
	/** The mark of a dead holder inside a lock. It stops nobody: who needs the lock takes it over. */
	readonly locks: readonly string[];
}

export const leftovers = check<LeftoversSight>({
	name: "leftovers",
	look: ({ places }) => ({ files: [], locks: deadHoldersIn(join(places.state, "locks")) }),
	judge({ files, locks }) {
		if (files.length + locks.length === 0) return pass("none");
		return warn(`${list(files, locks)}, left by processes that are gone`, `${invocation} doctor --fix`);
	},
	repair({ files, locks }) {
		for (const path of files) rmSync(path, { recursive: true, force: true });
		// Exactly the dead holder's file, whose name is never used again: that frees the lock, and only that one.
		for (const path of locks) rmSync(path, { force: true });
		return files.length + locks.length === 0 ? undefined : `removed ${list(files, locks)}`;
	},
});

function deadHoldersIn(folder: string): string[] {
	return entriesOf(folder)
		.filter((entry) => entry.isDirectory() && !entry.name.includes("."))
		.flatMap(({ name }) => entriesOf(join(folder, name)).map((holder) => join(folder, name, holder.name)))
		.filter((path) => isGone(basename(path)));
}

function entriesOf(folder: string) {
	try {
		return readdirSync(folder, { withFileTypes: true });
	} catch (error) {
		// A lock comes and goes while others work.
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
		throw error;
	}
}

function list(files: readonly string[], locks: readonly string[]): string {
	return [
		...(files.length > 0 ? [`${files.length} ${files.length === 1 ? "file" : "files"}`] : []),
		...(locks.length > 0 ? [`${locks.length} ${locks.length === 1 ? "lock" : "locks"}`] : []),
	].join(" and ");
}

/**
 * Which installation each tree was given last. A mount is seen by nobody outside of its sandbox, and a check may run for
 * longer than anybody remembers when it began: so it is written down, beside the installations.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Installation } from "./install.ts";

export function noteGiven(tree: string, { key, dir }: Pick<Installation, "key" | "dir">): void {
	const folder = join(dirname(dir), folderName);
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, basename(tree)), key);
}

/** The keys of what the trees in this folder were given. What is noted of a tree that is gone is forgotten. */
export function givenTo(trees: string, cacheDir: string): Set<string> {
	const folder = join(cacheDir, folderName);
	const keys = new Set<string>();
	for (const name of existsSync(folder) ? readdirSync(folder) : []) {
		const note = join(folder, name);
		if (existsSync(join(trees, name))) keys.add(readFileSync(note, "utf8"));
		else rmSync(note, { force: true });
	}
	return keys;
}

const folderName = "given";

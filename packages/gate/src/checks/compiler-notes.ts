import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/** A compiler's notes about one tree: it checks them against the files, and they are of use at the same place only. */
export function notesFolder(cacheDir: string, of: readonly string[]): string {
	const all = join(cacheDir, "tsc");
	const name = createHash("sha256").update(of.join("\0")).digest("hex").slice(0, 16);
	mkdirSync(join(all, name), { recursive: true });
	const byAge = readdirSync(all)
		.filter((each) => each !== name)
		.map((each) => ({ path: join(all, each), at: statSync(join(all, each), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
		.sort((one, other) => other.at - one.at);
	for (const { path } of byAge.slice(notesMax)) rmSync(path, { recursive: true, force: true });
	return join(all, name);
}

/** More trees than a floor has; each has some megabytes. */
const notesMax = 64;

/** What the program of a check sees of this machine's files. */
import { lstatSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { Mount } from "@shopfloor/core/io";
import type { Dependencies } from "./command.ts";

/** The tree itself, and over it the dependencies, which nobody may change but in the places made for caches. */
export function mountsOf(tree: string, folders: readonly Dependencies[]): Mount[] {
	const mounts: Mount[] = [{ kind: "writable", from: tree, to: tree }];
	for (const { from, to } of folders) {
		// Where the tree has a symlink, what it leads to must be there.
		const at = lstatSync(to, { throwIfNoEntry: false })?.isSymbolicLink() ? realpathSync(from) : to;
		mounts.push({ kind: "read-only", from, to: at });
		for (const name of cacheFolders)
			if (lstatSync(join(from, name), { throwIfNoEntry: false })?.isDirectory())
				mounts.push({ kind: "empty", to: join(at, name) });
	}
	return mounts;
}

/** In `node_modules`: vite, vitest and others write there, and fail where they cannot. */
const cacheFolders = [".vite", ".vite-temp", ".vitest", ".cache"];

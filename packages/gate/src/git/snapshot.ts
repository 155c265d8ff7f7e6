/**
 * The files of a tree as a tree object. Sizes and nested repositories are looked at before git reads a single file: a
 * folder with a `.git` of its own would make git ask the repository in there, which an agent may have made for that.
 */
import { isUtf8 } from "node:buffer";
import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { errnoOf } from "@shopfloor/core/io";
import { notText } from "./file-names.ts";
import { type Git, gitSaid } from "./git.ts";

export interface SnapshotLimits {
	/** Changed files. */
	readonly files: number;
	/** All of them together. */
	readonly bytes: number;
	readonly fileBytes: number;
}

export type Snapshot =
	| { readonly kind: "tree"; readonly tree: string }
	| { readonly kind: "refused"; readonly why: string };

/** A folder, and a git that reads it into an index of its own. */
export interface Files {
	readonly git: Git;
	readonly dir: string;
}

/** What one small task changes, by far; a generated file may be large. */
export const changeLimits: SnapshotLimits = { files: 2_000, bytes: 64 * 1024 * 1024, fileBytes: 16 * 1024 * 1024 };

export async function snapshot({ git, dir }: Files, limits = changeLimits): Promise<Snapshot> {
	const unfit = whereReadable(() => unfitFolder(dir));
	if (unfit !== undefined) return refused(unfit);
	const changed = await git.names(["ls-files", "-z", "--modified", "--others", "--exclude-standard"]);
	const own = changed.find((path) => path.endsWith("/"));
	if (own !== undefined) return refused(`${own} is a repository of its own`);
	const why = whereReadable(() => tooLarge(dir, [...new Set(changed)], limits));
	if (why !== undefined) return refused(why);
	try {
		await git.text(["add", "--all"]);
	} catch (error) {
		if (gitSaid(error, /Permission denied|unable to index|adding files failed|does not have a commit/))
			return refused(`git cannot read it: ${(error as Error).message}`);
		throw error;
	}
	return { kind: "tree", tree: await git.text(["write-tree"]) };
}

function refused(why: string): Snapshot {
	return { kind: "refused", why };
}

/** A folder without rights is of the tree's making, and no fault of the machine. */
function whereReadable(look: () => string | undefined): string | undefined {
	try {
		return look();
	} catch (error) {
		if (errnoOf(error) !== "EACCES") throw error;
		return `a folder cannot be read: ${(error as Error).message}`;
	}
}

/** Folders that are no text could not be looked into, and git would. */
function unfitFolder(dir: string, inside = ""): string | undefined {
	for (const entry of readdirSync(join(dir, inside), { withFileTypes: true, encoding: "buffer" })) {
		const name = entry.name.toString("utf8");
		const path = inside === "" ? name : `${inside}/${name}`;
		if (!isUtf8(entry.name))
			return notText(Buffer.concat([Buffer.from(inside === "" ? "" : `${inside}/`), entry.name]));
		if (inside !== "" && name.toLowerCase() === ".git") return `${inside} is a repository of its own`;
		if (!entry.isDirectory() || name === "node_modules" || path.toLowerCase() === ".git") continue;
		const found = unfitFolder(dir, path);
		if (found !== undefined) return found;
	}
	return undefined;
}

function tooLarge(dir: string, changed: readonly string[], limits: SnapshotLimits): string | undefined {
	if (changed.length > limits.files) return `${changed.length} files changed; ${limits.files} is the limit`;
	let all = 0;
	for (const path of changed) {
		const bytes = sizeOf(join(dir, path));
		if (bytes > limits.fileBytes) return `${path} has ${bytes} bytes; ${limits.fileBytes} is the limit for a file`;
		all += bytes;
	}
	return all > limits.bytes ? `the changed files have ${all} bytes; ${limits.bytes} is the limit` : undefined;
}

function sizeOf(path: string): number {
	try {
		return lstatSync(path).size;
	} catch (error) {
		// Taken away: that is a change, too.
		if (errnoOf(error) === "ENOENT" || errnoOf(error) === "ENOTDIR") return 0;
		throw error;
	}
}

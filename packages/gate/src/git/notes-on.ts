/** What a person should know about a target, though it hinders nothing. */
import type { Git } from "./git.ts";
import { listTree, readBlob } from "./objects.ts";
import type { Store } from "./store.ts";
import { gitIn, type LocalTarget } from "./target.ts";

export interface Note {
	readonly about: "uncommitted" | "submodules" | "lfs";
	readonly message: string;
}

export async function notesOn({ git, target }: Store, base: string): Promise<Note[]> {
	const notes = [...(await submodules(git, base)), ...(await largeFiles(git, base))];
	return target.kind === "local" ? [...(await uncommitted(target)), ...notes] : notes;
}

async function uncommitted({ address }: LocalTarget): Promise<Note[]> {
	const git = await gitIn(address);
	if ((await git.revparse(["--is-bare-repository"])) === "true") return [];
	const { files } = await git.status(["--untracked-files=normal"]);
	if (files.length === 0) return [];
	const message = `${address} has files that are not committed (${named(files.map(({ path }) => path))}); only what is committed counts`;
	return [{ about: "uncommitted", message }];
}

/** Their content is another repository's: no worktree of ours has it, on the base as little as on a change. */
async function submodules(git: Git, base: string): Promise<Note[]> {
	const paths = (await listTree(git, base)).filter(({ type }) => type === "commit").map(({ path }) => path);
	if (paths.length === 0) return [];
	return [
		{
			about: "submodules",
			message: `${named(paths)}: submodules are empty where checks run; a check that needs them fails on both sides`,
		},
	];
}

/** Filters are not run, so a file in LFS is the few lines that stand for it. */
async function largeFiles(git: Git, base: string): Promise<Note[]> {
	const attributes = (await readBlob(git, base, ".gitattributes"))?.toString("utf8") ?? "";
	const patterns = [...attributes.matchAll(/^\s*([^#\s]\S*)\s.*\bfilter=lfs\b/gm)].map(([, pattern = ""]) => pattern);
	if (patterns.length === 0) return [];
	return [
		{
			about: "lfs",
			message: `${named(patterns)}: files in LFS are only their pointers where checks run; a check that reads them fails on both sides`,
		},
	];
}

function named(names: readonly string[]): string {
	const some = names.slice(0, 3).join(", ");
	return names.length > 3 ? `${some} and ${names.length - 3} more` : some;
}

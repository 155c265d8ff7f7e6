/** A person's checkout: where it stands, and its files as they are, as a commit of the store that nobody else sees. */
import { rmSync, writeFileSync } from "node:fs";
import { ShopfloorError, uniqueName } from "@shopfloor/core/io";
import { passing } from "./leftovers.ts";
import { commitOf, commitTree, withIndex } from "./objects.ts";
import { personExcludes } from "./person-excludes.ts";
import { snapshot } from "./snapshot.ts";
import type { Store } from "./store.ts";
import { gitIn, type LocalTarget, unusable } from "./target.ts";

/** The branch, or the beginning of the commit's name where the checkout is on none. */
export async function standingOf({ address }: LocalTarget): Promise<{ branch: string; commit: string }> {
	const git = await gitIn(address);
	const commit = await git.revparse(["--verify", "HEAD"]).catch(() => {
		throw unusable(`${address} has no commit yet`, "Make a first one.");
	});
	const branch = await git.revparse(["--abbrev-ref", "HEAD"]);
	return { branch: branch === "HEAD" ? commit.slice(0, 12) : branch, commit };
}

/** A look at the target brings its branches; this brings the commit that its checkout stands on where none of them has it. */
export async function bringStanding({ git }: Store, { address }: LocalTarget): Promise<void> {
	const head = await (await gitIn(address)).revparse(["--verify", "HEAD"]).catch(() => undefined);
	if (head === undefined || (await commitOf(git, head)) !== undefined) return;
	const args = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--end-of-options"];
	await git.text([...args, address, "HEAD"], { transport: true });
}

/** Which of the repository's folders has this branch checked out; undefined when none has. */
export async function folderOf({ address }: LocalTarget, branch: string): Promise<string | undefined> {
	const said = await (await gitIn(address)).raw(["worktree", "list", "--porcelain"]);
	const its = said.split("\n\n").find((lines) => lines.split("\n").includes(`branch refs/heads/${branch}`));
	return its === undefined ? undefined : /^worktree (.*)$/m.exec(its)?.[1];
}

/** Why the branch cannot be moved: its files would have to follow, and some of them are not committed. */
export async function hindranceAt(target: LocalTarget, branch: string): Promise<string | undefined> {
	const folder = await folderOf(target, branch);
	if (folder === undefined) return undefined;
	const { files } = await (await gitIn(folder)).status(["--untracked-files=no"]);
	return files.length === 0 ? undefined : notCommitted(folder, branch);
}

export function notCommitted(folder: string, branch: string): string {
	return `${branch} is checked out in ${folder}, where something is not committed. Commit or stash it there, or check out another branch`;
}

/** `head` is the commit that the checkout stands on. */
export async function snapshotOf(store: Store, target: LocalTarget, head: string): Promise<string> {
	await bringStanding(store, target);
	const { gitDir } = store.git.place;
	const excludes = passing(gitDir, "excludes", uniqueName());
	try {
		writeFileSync(excludes, await personExcludes(target));
		return await withIndex({ gitDir, workTree: target.address, excludes }, async (git) => {
			await git.text(["read-tree", head]);
			const taken = await snapshot({ git, dir: target.address });
			if (taken.kind === "refused")
				throw new ShopfloorError("bad-tree", `${target.address} cannot be checked as it stands: ${taken.why}`);
			const message = "The checkout as it stands";
			return await commitTree(store.git, { tree: taken.tree, parents: [head], message, seconds: 0 });
		});
	} finally {
		rmSync(excludes, { force: true });
	}
}

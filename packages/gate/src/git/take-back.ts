/**
 * A push into a repository on this machine brings the person's checkout along, and moves the branch after that. When the
 * branch then stays where it was (its lock was taken, or the receiver was killed), the checkout shows changes that
 * nobody made, and takes no further push.
 */
import { statSync } from "node:fs";
import { join } from "node:path";
import { Git } from "./git.ts";
import { commitOf, treeOf } from "./objects.ts";
import type { Target } from "./target.ts";

/**
 * Puts the checkout back to what it stands on if it holds exactly this commit, file by file, and stands on another.
 * Whatever else is in it is a person's, and is not touched. True when it was put back.
 */
export async function takeBack(target: Target, commit: string): Promise<boolean> {
	const gitDir = join(target.address, ".git");
	if (target.kind === "remote" || !statSync(gitDir, { throwIfNoEntry: false })?.isDirectory()) return false;
	const git = new Git({ gitDir, workTree: target.address });
	const head = await commitOf(git, "HEAD");
	if (head === undefined || (await commitOf(git, commit)) === undefined) return false;
	if ((await treeOf(git, head)) === (await treeOf(git, commit))) return false;
	if (!(await holds(git, commit, "--cached")) || !(await holds(git, commit))) return false;
	const { code } = await git.answer(["read-tree", "-m", "-u", commit, head], { answers: [0, 1, 128] });
	return code === 0;
}

async function holds(git: Git, commit: string, ...which: string[]): Promise<boolean> {
	const args = ["diff", "--quiet", "--no-ext-diff", ...which, commit];
	// It only looks: the person's index is not written.
	return (await git.answer(args, { answers: [0, 1, 128], env: { GIT_OPTIONAL_LOCKS: "0" } })).code === 0;
}

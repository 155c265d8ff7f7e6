/** Branches of the factory's own, in the store. They are made, never moved: what one points to may have been approved. */
import { ShopfloorError } from "@shopfloor/core/io";
import { attempt } from "./branch-name.ts";
import { commitOf } from "./objects.ts";
import { mirrored, moveRef, type Store, sent } from "./store.ts";

/**
 * Makes a branch of that name, or of its next attempt where somebody has it, here or at the target, checked out or not.
 * One that points to this commit already is it: whoever made it died before saying so. Returns the name.
 */
export async function createBranch(store: Store, name: string, commit: string): Promise<string> {
	for (let number = 1; number <= attemptsMax; number++) {
		const branch = attempt(name, number);
		if (await isTaken(store, branch, commit)) continue;
		const ref = `refs/heads/${branch}`;
		if (await moveRef(store.git, { ref, from: undefined, to: commit })) return branch;
		if ((await commitOf(store.git, ref)) === commit) return branch;
	}
	throw new ShopfloorError(
		"git-failed",
		`${name} and ${attemptsMax - 1} further attempts at it are branches already. Take away those that nobody needs: git branch -D`,
	);
}

/** By somebody at the target, or by a commit that was sent under that name, even if it is gone there. */
async function isTaken({ git }: Store, branch: string, commit: string): Promise<boolean> {
	for (const ref of [mirrored(branch), sent(branch)]) {
		const there = await commitOf(git, ref);
		if (there !== undefined && there !== commit) return true;
	}
	return false;
}

/** Names hold the second in which a cycle began; so many of one are a loop. */
const attemptsMax = 50;

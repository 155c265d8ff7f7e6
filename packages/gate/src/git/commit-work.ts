/**
 * What somebody did in a tree becomes a change: one commit on top of the commit that the tree was prepared on, on a
 * branch of its own in the store. Commits that were made in the tree meanwhile do not count, only its files: who wrote
 * what, and when, is not for an agent to say. The target gets the branch when it was found worth it (`send-branch.ts`).
 *
 * May be done again with the same words and time after a death in the middle: it is the same commit, and the same branch.
 */
import { crashAt } from "@shopfloor/core/io";
import { createBranch } from "./branches.ts";
import { commitTree, type Person, treeOf } from "./objects.ts";
import { changeLimits, type SnapshotLimits, snapshot } from "./snapshot.ts";
import type { Store } from "./store.ts";
import { type Trailers, withoutOurs, withTrailers } from "./trailers.ts";
import { outlive, type WorkTree } from "./trees.ts";

export interface Work {
	/** On which the tree was prepared. */
	readonly base: string;
	/** The name it gets, if nobody has it. */
	readonly branch: string;
	readonly message: string;
	readonly trailers?: Trailers;
	readonly author?: Person;
	/** Seconds since 1970. */
	readonly seconds: number;
	readonly limits?: SnapshotLimits;
}

export type CommittedWork =
	| { readonly kind: "nothing" }
	/** It cannot be a change as it is: too large, a repository inside. The tree is as it was. */
	| { readonly kind: "refused"; readonly why: string }
	| { readonly kind: "committed"; readonly commit: string; readonly branch: string };

/** For whoever holds the tree's seat. */
export async function commitWork(store: Store, tree: WorkTree, work: Work): Promise<CommittedWork> {
	await outlive(store, tree);
	const taken = await snapshot(tree, work.limits ?? changeLimits);
	if (taken.kind === "refused") return taken;
	if (taken.tree === (await treeOf(store.git, work.base))) return { kind: "nothing" };
	const { author, base, seconds } = work;
	const message = withTrailers(withoutOurs(work.message) || `Work on ${work.branch}`, work.trailers ?? {});
	const commit = await commitTree(store.git, {
		tree: taken.tree,
		parents: [base],
		message,
		seconds,
		...(author === undefined ? {} : { author }),
	});
	crashAt("work.branch.before");
	const branch = await createBranch(store, work.branch, commit);
	// From here on the tree holds nothing that is not saved.
	await tree.git.text(["update-ref", "--no-deref", "HEAD", commit]);
	return { kind: "committed", commit, branch };
}

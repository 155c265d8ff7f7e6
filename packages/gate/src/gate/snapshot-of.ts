/** A person's checkout as it stands, uncommitted work and all, as a commit of the store that nobody else sees. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ShopfloorError } from "@shopfloor/core/io";
import { Git } from "../git/git.ts";
import { commitOf, commitTree } from "../git/objects.ts";
import { snapshot } from "../git/snapshot.ts";
import type { Store } from "../git/store.ts";
import { type LocalTarget, unusable } from "../git/target.ts";

/** Where the checkout stands: the branch, or "HEAD" where it is on none. */
export async function standingOf({ address }: LocalTarget): Promise<{ branch: string; commit: string }> {
	const { simpleGit } = await import("simple-git");
	const git = simpleGit({ baseDir: address });
	const commit = await git.revparse(["--verify", "HEAD"]).catch(() => {
		throw unusable(`${address} has no commit yet`, "Make a first one.");
	});
	return { branch: await git.revparse(["--abbrev-ref", "HEAD"]), commit };
}

/** `head` is the commit that the checkout stands on; it must be on a branch, or the store would not have it. */
export async function snapshotOf(store: Store, target: LocalTarget, head: string): Promise<string> {
	if ((await commitOf(store.git, head)) === undefined)
		throw unusable(
			`the checkout ${target.address} stands on ${head.slice(0, 12)}, which is on no branch`,
			"Put it on one.",
		);
	mkdirSync(join(store.dir, "indexes"), { recursive: true, mode: 0o700 });
	const index = join(store.dir, "indexes", "checkout");
	const git = new Git({ gitDir: store.git.place.gitDir, workTree: target.address, index });
	await git.text(["read-tree", head]);
	const taken = await snapshot({ git, dir: target.address });
	if (taken.kind === "refused")
		throw new ShopfloorError("bad-tree", `${target.address} cannot be checked as it stands: ${taken.why}`);
	return await commitTree(store.git, {
		tree: taken.tree,
		parents: [head],
		message: "The checkout as it stands",
		seconds: 0,
	});
}

/** All that a session and the gate do with git for one change, from a tree to a landing. Begun again, it ends the same. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { commitWork } from "../git/commit-work.ts";
import { sendBranch } from "../git/send-branch.ts";
import { baseOf, fetch } from "../git/store.ts";
import { prepareTree, removeTree } from "../git/trees.ts";
import { land } from "../landing/land.ts";
import type { OpenSite } from "./open-site.ts";

/** Adds the file `<name>.txt`, on a branch of that name, on top of the project's first commit. */
export async function cycle(site: OpenSite, name: string): Promise<void> {
	const { store } = site;
	await fetch(store);
	const base = await store.git.text(["rev-list", "--max-parents=0", await baseOf(store, "main")]);
	const { tree } = await prepareTree(store, "ralph-1", { commit: base });
	writeFileSync(join(tree.dir, `${name}.txt`), `${name}\n`);
	const done = await commitWork(store, tree, { base, branch: name, message: name, seconds: 1 });
	if (done.kind !== "committed") throw new Error(`it is ${done.kind}`);
	const { branch } = await sendBranch(store, done);
	await land(site, [{ id: name, branch, commit: done.commit, created: 0 }]);
	await removeTree(store, "ralph-1");
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { needs } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { aRepository, runGit } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { withStillGit } from "../testing/mortal-git.ts";
import { baseOf, findCommit } from "./store.ts";
import { prepareTree } from "./trees.ts";

test("GIT-03: a git that a dead process left at work in a tree is waited for before the tree is used again", async (context) => {
	needs(context, "linux");
	const project = aRepository({ "a.txt": "old\n" });
	project.branch("new", { "a.txt": "new\n", "b.txt": "new\n" });
	const store = await aStore(project.dir);
	const old = await baseOf(store, "main");
	const commit = (await findCommit(store, "new")) ?? "";
	await prepareTree(store, "ralph-1", { commit: old });
	const still = withStillGit("read-tree");
	const before = prepareTree(store, "ralph-1", { commit });
	const pid = await still.pid();
	still.end();
	const ended: string[] = [];
	const after = prepareTree(store, "ralph-1", { commit: old }).then(({ tree }) => {
		ended.push("after");
		return tree;
	});
	// As much work as `after` has to do, and more.
	await prepareTree(store, "ralph-2", { commit });
	expect(ended).toEqual([]);
	process.kill(pid, "SIGCONT");
	await before;
	const { dir } = await after;
	expect(readFileSync(join(dir, "a.txt"), "utf8")).toBe("old\n");
	expect(runGit(dir, ["status", "--porcelain", "--ignored"])).toBe("");
});

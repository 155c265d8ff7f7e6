import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { processGroupRunner } from "@shopfloor/core/io";
import { expect, test } from "vitest";
import { treeOf } from "../git/objects.ts";
import { snapshot } from "../git/snapshot.ts";
import { baseOf } from "../git/store.ts";
import { aRepository, writeFiles } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { prepareSession } from "./session-tree.ts";

const workspace = {
	"package.json": '{"name":"all","workspaces":["a"]}',
	"package-lock.json": JSON.stringify({
		name: "all",
		lockfileVersion: 3,
		packages: {
			"": { name: "all", workspaces: ["a"] },
			"node_modules/a": { resolved: "a", link: true },
			a: { name: "a", version: "1.0.0" },
		},
	}),
	"a/package.json": '{"name":"a","version":"1.0.0"}',
	"a/index.js": "",
	".shopfloor/gate.json": '{"checks":[],"copy":[".env.test"]}',
};

test("a session's tree has its dependencies and the files that were lent, and none of them is ever committed", {
	timeout: 60_000,
}, async () => {
	const project = aRepository(workspace);
	project.write({ ".env.test": "KEY=1\n" });
	const store = await aStore(project.dir);
	const commit = await baseOf(store, "main");
	const options = { commit, runner: processGroupRunner };
	const { tree } = await prepareSession(store, "ralph-1", options);
	expect(existsSync(join(tree.dir, "node_modules/a/index.js"))).toBe(true);
	expect(readFileSync(join(tree.dir, ".env.test"), "utf8")).toBe("KEY=1\n");
	expect(await snapshot(tree)).toEqual({ kind: "tree", tree: await treeOf(store.git, commit) });
	writeFiles(tree.dir, { "a/index.js": "changed\n" });
	const again = await prepareSession(store, "ralph-1", options);
	expect(again.rescued).toMatch(/rescue/);
	expect(await store.git.text(["diff-tree", "-r", "--name-only", commit, again.rescued ?? ""])).toBe("a/index.js");
	expect(existsSync(join(tree.dir, "node_modules/a/index.js"))).toBe(true);
});

import { expect, test } from "vitest";
import { land } from "../landing/land.ts";
import { aRepository } from "../testing/a-repository.ts";
import { aSite } from "../testing/a-site.ts";
import { aStore } from "../testing/a-store.ts";
import { fetch, findCommit } from "./store.ts";

const tags = { tags: true };

test("tags of the target are found by whoever looks, as long as the target has them", async () => {
	const project = aRepository();
	const first = project.git("rev-parse", "HEAD");
	project.git("tag", "v1");
	project.git("tag", "--annotate", "--message=The first", "with-words");
	project.git("tag", "a-tree", "HEAD^{tree}");
	const second = project.commit({ "a.txt": "a" });
	project.git("branch", "both", first);
	project.git("tag", "both", second);
	const store = await aStore(project.dir);
	const found = async (name: string) => await findCommit(store, name, tags);
	expect(await Promise.all(["v1", "with-words", "a-tree", "both"].map(found))).toEqual([
		first,
		first,
		undefined,
		first,
	]);
	project.git("tag", "--delete", "with-words");
	project.git("tag", "--force", "v1", second);
	await fetch(store);
	expect(await Promise.all(["v1", "v1~1", "with-words"].map(found))).toEqual([second, first, undefined]);
});

test("a tag never lands: a branch that is gone is not made up from a tag of its name", async () => {
	const project = aRepository();
	const commit = project.branch("one", { a: "a" });
	project.git("branch", "--move", "one", "two");
	project.git("tag", "one", commit);
	const site = await aSite(project.dir);
	const { results } = await land(site, [{ id: "one", branch: "one", commit, created: 0 }]);
	expect(results).toMatchObject([{ kind: "void", why: "its branch one is gone" }]);
});

test("steps before a commit are found by the beginning of its name as well as by a branch", async () => {
	const project = aRepository();
	const first = project.git("rev-parse", "HEAD");
	const second = project.commit({ "a.txt": "a" });
	const store = await aStore(project.dir);
	for (const name of ["main~1", `${second.slice(0, 9)}~1`, `${second}^`])
		expect(await findCommit(store, name)).toBe(first);
	expect(await findCommit(store, `${first}~1`)).toBeUndefined();
});

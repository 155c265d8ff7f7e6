import { expect, test } from "vitest";
import { aRepository } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { createBranch } from "./branches.ts";
import { commitOf, commitTree, treeOf } from "./objects.ts";
import { fetch, type Store } from "./store.ts";

test("GIT-05: a name that is taken, here or at the target, gets an attempt's number; nobody's branch moves", async () => {
	const { store, commits } = await aStoreWith(4);
	const [one = "", two = "", three = "", four = ""] = commits;
	expect(await createBranch(store, "brl/ralph-1/x", one)).toBe("brl/ralph-1/x");
	expect(await createBranch(store, "brl/ralph-1/x", two)).toBe("brl/ralph-1/x-2");
	expect(await createBranch(store, "brl/ralph-1/x", three)).toBe("brl/ralph-1/x-3");
	expect(await createBranch(store, "theirs", four)).toBe("theirs-2");
	expect(await commitOf(store.git, "refs/heads/brl/ralph-1/x")).toBe(one);
	expect(await commitOf(store.git, "refs/heads/brl/ralph-1/x-2")).toBe(two);
});

test("GIT-05: of many at once for one name each gets its own", async () => {
	const { store, commits } = await aStoreWith(6);
	const names = await Promise.all(commits.map((commit) => createBranch(store, "x", commit)));
	expect([...names].sort()).toEqual(["x", "x-2", "x-3", "x-4", "x-5", "x-6"]);
	for (const [index, name] of names.entries())
		expect(await commitOf(store.git, `refs/heads/${name}`)).toBe(commits[index]);
});

test("a branch that was made before its maker died is the same branch", async () => {
	const { store, commits } = await aStoreWith(2);
	const [one = "", two = ""] = commits;
	await createBranch(store, "x", one);
	await createBranch(store, "x", two);
	expect(await createBranch(store, "x", one)).toBe("x");
	expect(await createBranch(store, "x", two)).toBe("x-2");
});

test("attempts are bounded, and the end of them says what to do", async () => {
	const { store, commits } = await aStoreWith(2);
	const [one = "", two = ""] = commits;
	const refs = ["x", ...Array.from({ length: 49 }, (_, index) => `x-${index + 2}`)];
	await store.git.text(["update-ref", "--stdin"], {
		input: refs.map((name) => `create refs/heads/${name} ${one}\n`).join(""),
	});
	await expect(createBranch(store, "x", two)).rejects.toThrow(/x and 49 further attempts.*Take away/);
});

test("GIT-14: a name that git does not take is refused, and is never an option", async () => {
	const { store, commits } = await aStoreWith(1);
	for (const name of ["x.lock", "a..b", "@{1}", "a b", "x/", "--delete/.."])
		await expect(createBranch(store, name, commits[0] ?? "")).rejects.toMatchObject({ code: "git-failed" });
	expect(await createBranch(store, "--delete", commits[0] ?? "")).toBe("--delete");
});

async function aStoreWith(count: number): Promise<{ store: Store; commits: string[] }> {
	const project = aRepository();
	project.branch("theirs", { "theirs.txt": "x" });
	const store = await aStore(project.dir);
	await fetch(store);
	const tree = await treeOf(store.git, project.git("rev-parse", "main"));
	const make = (seconds: number) => commitTree(store.git, { tree, parents: [], message: "x", seconds });
	return { store, commits: await Promise.all(Array.from({ length: count }, (_, index) => make(index))) };
}

import { renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { describe, expect, test, vi } from "vitest";
import { aRepository, runGit, type TestRepository, writeFiles } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { type CommittedWork, commitWork, type Work } from "./commit-work.ts";
import { commitOf, listTree, readBlob } from "./objects.ts";
import { dropBranch, sendBranch } from "./send-branch.ts";
import { baseOf, fetch, findCommit, mirrored, type Store, sent } from "./store.ts";
import { prepareTree, type WorkTree } from "./trees.ts";

describe("what was done in a tree", () => {
	test("is one commit of the factory on top of the base, on a branch that the target has", async () => {
		const { project, store, tree, base } = await aTree();
		writeFiles(tree.dir, { "src/a.js": "two\n", "new.txt": "x" });
		const work = { message: "Mend it\n\nReceipt: forged\nBecause.", trailers: { Session: "ralph-1", Cycle: "3" } };
		const done = await committed(store, tree, base, work);
		expect(done).toMatchObject({ branch: "brl/ralph-1/x", unsent: undefined });
		expect(project.git("rev-parse", "brl/ralph-1/x")).toBe(done.commit);
		expect(project.git("log", "-1", "--format=%P|%an|%cn|%at", done.commit)).toBe(`${base}|Shopfloor|Shopfloor|7`);
		expect(project.git("log", "-1", "--format=%B", done.commit)).toBe(
			"Mend it\n\nBecause.\n\nSession: ralph-1\nCycle: 3",
		);
		expect(project.git("diff", "--name-only", base, done.commit)).toBe("new.txt\nsrc/a.js");
		expect((await prepareTree(store, "ralph-1", { commit: base })).rescued).toBeUndefined();
	});

	test("is nothing where nothing changed", async () => {
		const { store, tree, base } = await aTree();
		expect(await commitWork(store, tree, aWork(base))).toEqual({ kind: "nothing" });
		writeFiles(tree.dir, { "dist/ignored.js": "x" });
		expect(await commitWork(store, tree, aWork(base))).toEqual({ kind: "nothing" });
	});

	test("done again with the same words and time is the same commit on the same branch", async () => {
		const { project, store, tree, base } = await aTree();
		writeFiles(tree.dir, { "new.txt": "x" });
		const once = await committed(store, tree, base);
		expect(await committed(store, tree, base)).toEqual(once);
		expect(project.git("for-each-ref", "--format=%(refname:short)", "refs/heads/brl")).toBe("brl/ralph-1/x");
	});

	test("GIT-05: gets another name where a person took it a moment ago, and theirs stays", async () => {
		const { project, store, tree, base } = await aTree();
		const theirs = project.branch("brl/ralph-1/x", { "theirs.txt": "x" });
		writeFiles(tree.dir, { "new.txt": "x" });
		expect(await committed(store, tree, base)).toMatchObject({ branch: "brl/ralph-1/x-2", unsent: undefined });
		expect(project.git("rev-parse", "brl/ralph-1/x")).toBe(theirs);
		expect(await store.git.text(["for-each-ref", "--format=%(refname)", "refs/heads", sent("")])).toBe(
			"refs/shopfloor/sent/brl/ralph-1/x-2",
		);
	});

	test("MRG-07: stays in the store when the target cannot be reached, and is sent the next time", async () => {
		const { project, store, tree, base } = await aTree();
		writeFiles(tree.dir, { "new.txt": "x" });
		renameSync(project.dir, `${project.dir}-away`);
		const kept = await committed(store, tree, base);
		expect(kept.unsent).toMatch(/does not (exist|appear to be a git repository)/);
		expect(await store.git.text(["rev-parse", `refs/heads/${kept.branch}`])).toBe(kept.commit);
		renameSync(`${project.dir}-away`, project.dir);
		expect(await committed(store, tree, base)).toEqual({ ...kept, unsent: undefined });
	});
});

test("what a killed predecessor locked is in nobody's way", async () => {
	const { store, tree, base } = await aTree();
	writeFiles(tree.dir, { "new.txt": "x" });
	for (const lock of [`${tree.git.place.index}.lock`, join(tree.git.place.gitDir, "HEAD.lock")])
		writeFileSync(lock, "");
	expect((await commitWork(store, tree, aWork(base))).kind).toBe("committed");
});

describe("work that was judged and thrown away", () => {
	const trailers = { Session: "ralph-1" };

	test("is not rescued from its tree", async () => {
		const { store, tree, base } = await aTree();
		writeFiles(tree.dir, { "new.txt": "x" });
		const done = await commitWork(store, tree, { ...aWork(base), trailers });
		if (done.kind !== "committed") throw new Error(`it is ${done.kind}`);
		await dropBranch(store, done);
		expect((await prepareTree(store, "ralph-1", { commit: base })).rescued).toBeUndefined();
	});

	test("is rescued with what somebody did on top of it", async () => {
		const { store, tree, base } = await aTree();
		writeFiles(tree.dir, { "new.txt": "x" });
		const done = await commitWork(store, tree, { ...aWork(base), trailers });
		if (done.kind !== "committed") throw new Error(`it is ${done.kind}`);
		await dropBranch(store, done);
		runGit(tree.dir, ["reset", "--quiet"]);
		git(tree.dir, "commit", "--quiet", "--amend", "--allow-empty", "-m", "mine\n\nSession: ralph-1");
		const { rescued } = await prepareTree(store, "ralph-1", { commit: base });
		expect(await store.git.text(["show", `${rescued}:new.txt`])).toBe("x");
	});
});

describe("a branch of the factory's", () => {
	test("that a person deletes at the target is gone here; its commit is kept, and its name is taken", async () => {
		const { project, store, tree, base } = await aTree();
		writeFiles(tree.dir, { "new.txt": "x" });
		const done = await committed(store, tree, base);
		expect(await findCommit(store, done.branch)).toBe(done.commit);
		await fetch(store);
		expect(await findCommit(store, done.branch)).toBe(done.commit);
		project.git("branch", "--quiet", "-D", done.branch);
		await fetch(store);
		expect(await findCommit(store, done.branch)).toBeUndefined();
		expect(await commitOf(store.git, sent(done.branch))).toBe(done.commit);
		writeFiles(tree.dir, { "new.txt": "y" });
		expect(await committed(store, tree, base)).toMatchObject({ branch: "brl/ralph-1/x-2" });
	});

	test("stands here as soon as it is sent, also where a look at the target began before", async () => {
		const { store, tree, base } = await aTree();
		writeFiles(tree.dir, { "new.txt": "x" });
		const done = await commitWork(store, tree, aWork(base));
		if (done.kind !== "committed") throw new Error(`it is ${done.kind}`);
		const look = await store.leases.hold(`fetch-${store.target.name}`, { slots: 1, ttlMs: 60_000 });
		const sending = sendBranch(store, done);
		await vi.waitUntil(async () => (await commitOf(store.git, sent(done.branch))) !== undefined);
		expect(await findCommit(store, done.branch)).toBe(done.commit);
		expect(await commitOf(store.git, mirrored(done.branch))).toBeUndefined();
		await look.release();
		await sending;
		expect(await commitOf(store.git, mirrored(done.branch))).toBe(done.commit);
	});

	test("stays as it is where it is to be dropped and the target cannot be reached", async () => {
		const { project, store, tree, base } = await aTree();
		writeFiles(tree.dir, { "new.txt": "x" });
		const done = await committed(store, tree, base);
		renameSync(project.dir, `${project.dir}-away`);
		expect(await dropBranch(store, done)).toMatchObject({ kind: "unreachable" });
		expect(await commitOf(store.git, sent(done.branch))).toBe(done.commit);
		renameSync(`${project.dir}-away`, project.dir);
		expect(await dropBranch(store, done)).toMatchObject({ kind: "pushed" });
		expect(project.git("for-each-ref", "refs/heads/brl")).toBe("");
		expect(await store.git.text(["for-each-ref", "refs/heads", sent(""), mirrored("brl")])).toBe("");
	});

	test("is in the store alone until it is sent", async () => {
		const { project, store, tree, base } = await aTree();
		writeFiles(tree.dir, { "new.txt": "x" });
		const done = await commitWork(store, tree, aWork(base));
		expect(done).toMatchObject({ kind: "committed", branch: "brl/ralph-1/x" });
		expect(project.git("for-each-ref", "refs/heads/brl")).toBe("");
	});

	test("that is dropped is gone here and at the target, unless somebody went on with it", async () => {
		const { project, store, tree, base } = await aTree();
		writeFiles(tree.dir, { "new.txt": "x" });
		const done = await committed(store, tree, base);
		await dropBranch(store, done);
		expect(project.git("for-each-ref", "refs/heads/brl")).toBe("");
		expect(await commitOf(store.git, "refs/heads/brl/ralph-1/x")).toBeUndefined();
		await dropBranch(store, done);

		const again = await committed(store, tree, base);
		project.git("checkout", "--quiet", again.branch);
		const theirs = project.commit({ "theirs.txt": "x" });
		project.git("checkout", "--quiet", "main");
		await fetch(store);
		await dropBranch(store, again);
		expect(project.git("rev-parse", again.branch)).toBe(theirs);
		expect(await commitOf(store.git, mirrored(again.branch))).toBe(theirs);
	});
});

describe("GIT-08: whoever runs git in the tree itself changes nothing but files by it", () => {
	test.each<[string, (dir: string) => void]>([
		["commits", (dir) => git(dir, "commit", "--quiet", "-m", "mine")],
		[
			"commits on a branch called main",
			(dir) => {
				git(dir, "checkout", "--quiet", "-B", "main");
				git(dir, "commit", "--quiet", "-m", "mine");
			},
		],
		["amends the base", (dir) => git(dir, "commit", "--quiet", "--amend", "-m", "mine")],
		[
			"starts another history",
			(dir) => {
				git(dir, "checkout", "--quiet", "--orphan", "other");
				git(dir, "commit", "--quiet", "-m", "mine");
			},
		],
	])("%s", async (_, act) => {
		const { project, store, tree, base } = await aTree();
		writeFiles(tree.dir, { "new.txt": "x" });
		git(tree.dir, "add", "--all");
		act(tree.dir);
		const { commit } = await committed(store, tree, base);
		expect(project.git("log", "--format=%H %s", commit, `^${base}`)).toBe(`${commit} An idea`);
		expect(project.git("log", "-1", "--format=%P %an", commit)).toBe(`${base} Shopfloor`);
		expect(await baseOf(store, "main")).toBe(base);
	});

	test("GIT-11: and what is only in a commit of theirs is kept like an unsaved file", async () => {
		const { store, tree, base } = await aTree();
		writeFiles(tree.dir, { "new.txt": "x" });
		git(tree.dir, "add", "--all");
		git(tree.dir, "commit", "--quiet", "-m", "mine");
		const { rescued } = await prepareTree(store, "ralph-1", { commit: base });
		expect(rescued).toMatch(/^refs\/shopfloor\/rescue\/ralph-1\//);
		expect(await store.git.text(["show", `${rescued}:new.txt`])).toBe("x");
	});
});

describe("GIT-09: what is too much", () => {
	test("10,000 commits in the tree are one", { timeout: 60_000 }, async () => {
		const { project, store, tree, base } = await aTree();
		const stream = Array.from({ length: 10_000 }, (_, index) => {
			const person = `Mallory <m@x> ${index + 1} +0000`;
			const from = index === 0 ? `from ${base}\n` : "";
			return `commit refs/heads/many\nauthor ${person}\ncommitter ${person}\ndata 1\nx\n${from}M 100644 inline n\ndata 5\n${String(index).padStart(5, "0")}\n`;
		}).join("");
		await store.git.text(["fast-import", "--quiet"], { input: stream });
		git(tree.dir, "reset", "--quiet", "--hard", "many");
		const { commit } = await committed(store, tree, base);
		expect(project.git("log", "--format=%an %s", commit, `^${base}`)).toBe("Shopfloor An idea");
		expect(project.git("show", `${commit}:n`)).toBe("09999");
	});

	test("a file of a gigabyte is refused before it is read, and nothing is stored", async () => {
		const { store, tree, base } = await aTree();
		writeFileSync(join(tree.dir, "big.bin"), "");
		truncateSync(join(tree.dir, "big.bin"), 2 ** 30);
		const before = await objectsIn(store);
		expect(await commitWork(store, tree, aWork(base))).toEqual({
			kind: "refused",
			why: expect.stringMatching(/^big\.bin has 1073741824 bytes; \d+ is the limit for a file$/),
		});
		expect(await objectsIn(store)).toBe(before);
	});
});

describe("GIT-07: a symlink", () => {
	test("that leads out is a link in the tree, by its mode, and neither it nor what is behind it is read", async () => {
		const { store, tree, base } = await aTree();
		const outside = tempDir();
		writeFiles(outside, { secret: "a secret" });
		rmSync(join(tree.dir, "src"), { recursive: true });
		symlinkSync(outside, join(tree.dir, "src"));
		symlinkSync(join(outside, "secret"), join(tree.dir, "link"));
		const { commit } = await committed(store, tree, base);
		const entries = await listTree(store.git, commit);
		expect(entries.filter(({ mode }) => mode === "120000").map(({ path }) => path)).toEqual(["link", "src"]);
		expect(entries.filter(({ path }) => path.startsWith("src/"))).toEqual([]);
		expect(String(await readBlob(store.git, commit, "link"))).toBe(join(outside, "secret"));
	});

	test("that is swapped in once the work is committed changes nothing about it", async () => {
		const { store, tree, base } = await aTree();
		writeFiles(tree.dir, { "src/a.js": "two\n" });
		const { commit } = await committed(store, tree, base);
		rmSync(join(tree.dir, "src/a.js"));
		symlinkSync("/etc/passwd", join(tree.dir, "src/a.js"));
		expect(String(await readBlob(store.git, commit, "src/a.js"))).toBe("two\n");
	});
});

async function aTree(): Promise<{ project: TestRepository; store: Store; tree: WorkTree; base: string }> {
	const project = aRepository({ "readme.md": "A project\n", "src/a.js": "one\n", ".gitignore": "dist/\n" });
	const store = await aStore(project.dir);
	const base = await baseOf(store, "main");
	const { tree } = await prepareTree(store, "ralph-1", { commit: base });
	return { project, store, tree, base };
}

function aWork(base: string): Work {
	return { base, branch: "brl/ralph-1/x", message: "An idea", seconds: 7 };
}

async function committed(store: Store, tree: WorkTree, base: string, patch: Partial<Work> = {}) {
	const done: CommittedWork = await commitWork(store, tree, { ...aWork(base), ...patch });
	if (done.kind !== "committed") throw new Error(`it is ${done.kind}`);
	return { ...done, ...(await sendBranch(store, done)) };
}

function git(dir: string, ...args: string[]): void {
	runGit(dir, ["-c", "user.name=Mallory", "-c", "user.email=m@x", ...args]);
}

async function objectsIn({ git }: Store): Promise<string> {
	return await git.text(["count-objects", "-v"]);
}

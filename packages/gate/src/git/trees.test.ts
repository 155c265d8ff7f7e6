import { execFileSync } from "node:child_process";
import {
	chmodSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { tempDir } from "@shopfloor/core/testing";
import { describe, expect, test } from "vitest";
import { gcTrees } from "../gate/gc-trees.ts";
import { aRepository, runGit, writeFiles } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { openSite } from "../testing/open-site.ts";
import { listTree, withFilesOf } from "./objects.ts";
import { snapshot } from "./snapshot.ts";
import { baseOf, fetch, type Store } from "./store.ts";
import { listTrees, prepareTree, removeTree, salvage } from "./trees.ts";

const prepareProgram = fileURLToPath(new URL("../../fixtures/prepare.mjs", import.meta.url));
const project = { "readme.md": "A project\n", "src/a.js": "one\n", ".gitignore": "dist/\n" };

test("24 trees prepared at once are 24 trees", { timeout: 60_000 }, async () => {
	const store = await aStore(aRepository(project).dir);
	const commit = await baseOf(store, "main");
	const names = Array.from({ length: 24 }, (_, index) => `ralph-${index + 1}`);
	await Promise.all(names.map((name) => prepareTree(store, name, { commit })));
	const trees = await listTrees(store);
	expect(trees.map(({ name }) => name).sort()).toEqual([...names].sort());
	expect(new Set(trees.map(({ head }) => head))).toEqual(new Set([commit]));
	for (const { dir } of trees) expect(readFileSync(join(dir, "src/a.js"), "utf8")).toBe("one\n");
	expect(await store.git.text(["for-each-ref", "refs/heads"])).toBe("");
});

test("a tree is used again: whatever was in it, it holds the files of the commit", async () => {
	const { store, dir, commit } = await aTree(project);
	writeFiles(dir, {
		"src/a.js": "changed\n",
		"readme.md": null,
		"new.txt": "x",
		"dist/out.js": "x",
		"src/b/c.js": "x",
	});
	await prepareTree(store, "ralph-1", { commit, unsaved: "discard" });
	expect(runGit(dir, ["status", "--porcelain", "--ignored"])).toBe("");
	expect(filesIn(dir)).toEqual([".git", ".gitignore", "readme.md", "src"]);
});

test("folders that are kept are kept, and only at the top", async () => {
	const { store, dir, commit } = await aTree(project);
	writeFiles(dir, { "node_modules/x/index.js": "x", "src/node_modules/evil/index.js": "x" });
	await prepareTree(store, "ralph-1", { commit, keep: ["/node_modules"], unsaved: "discard" });
	expect(existsSync(join(dir, "node_modules/x/index.js"))).toBe(true);
	expect(existsSync(join(dir, "src/node_modules"))).toBe(false);
});

describe("unsaved work", () => {
	test("is kept under a ref before the tree is used again", async () => {
		const { store, dir, commit } = await aTree(project);
		writeFiles(dir, { "src/a.js": "an idea\n", "new.txt": "another\n" });
		const { rescued } = await prepareTree(store, "ralph-1", { commit });
		expect(rescued).toMatch(/^refs\/shopfloor\/rescue\/ralph-1\//);
		expect(await store.git.text(["show", `${rescued}:src/a.js`])).toBe("an idea");
		expect(await store.git.text(["show", `${rescued}:new.txt`])).toBe("another");
		expect((await prepareTree(store, "ralph-1", { commit })).rescued).toBeUndefined();
	});

	test("is kept when the tree is removed, unless it is given up", async () => {
		const { store, dir, commit } = await aTree(project);
		writeFiles(dir, { "src/a.js": "an idea\n" });
		expect(await removeTree(store, "ralph-1")).toMatch(/rescue/);
		expect(await listTrees(store)).toEqual([]);
		await prepareTree(store, "ralph-1", { commit });
		writeFiles(dir, { "src/a.js": "rubbish\n" });
		expect(await removeTree(store, "ralph-1", { unsaved: "discard" })).toBeUndefined();
		expect(existsSync(dir)).toBe(false);
	});

	test("that git cannot take is put aside as it is, and the tree is made anew; the last three are kept", async () => {
		const { store, dir, commit } = await aTree(project);
		for (let time = 1; time <= 4; time++) {
			writeFiles(dir, { "inner/idea.txt": `${time}\n` });
			runGit(join(dir, "inner"), ["init", "--quiet"]);
			expect(await prepareTree(store, "ralph-1", { commit })).toMatchObject({ rescued: `${dir}.unsaved-${time}` });
			expect(runGit(dir, ["status", "--porcelain", "--ignored"])).toBe("");
		}
		expect(filesIn(join(store.dir, "trees"))).toEqual([
			"ralph-1",
			"ralph-1.unsaved-2",
			"ralph-1.unsaved-3",
			"ralph-1.unsaved-4",
		]);
		expect(readFileSync(`${dir}.unsaved-2/inner/idea.txt`, "utf8")).toBe("2\n");
		await gcTrees(store, { keep: () => false, discard: ["ralph-1.unsaved-3"] });
		expect(filesIn(join(store.dir, "trees"))).toEqual(["ralph-1.unsaved-2", "ralph-1.unsaved-4"]);
	});

	test("that cannot be saved stays where a tree is only to be removed, and it says what to do", async () => {
		const { store, dir } = await aTree(project);
		mkdirSync(join(dir, "inner"));
		runGit(join(dir, "inner"), ["init", "--quiet"]);
		await expect(removeTree(store, "ralph-1")).rejects.toMatchObject({ code: "bad-tree" });
		expect(existsSync(join(dir, "inner/.git"))).toBe(true);
		await gcTrees(store, { keep: () => true, discard: ["ralph-1"] });
		expect(await listTrees(store)).toEqual([]);
	});

	test("in a folder that was closed to us is put aside, too", async () => {
		const dir = dirname(aRepository(project).dir);
		const { store, close } = await openSite(dir);
		await fetch(store);
		const { tree } = await prepareTree(store, "ralph-1", { commit: await baseOf(store, "main") });
		await close();
		chmodSync(join(tree.dir, "src"), 0o000);
		// Root may look into any folder, unless it lets go of that.
		const powerless = process.getuid?.() === 0 ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [];
		const [command = "", ...args] = [...powerless, process.execPath, prepareProgram, dir, "ralph", "1"];
		execFileSync(command, args);
		expect(filesIn(join(store.dir, "trees"))).toEqual(["ralph-1", "ralph-1.unsaved-1"]);
		expect(readFileSync(join(tree.dir, "src/a.js"), "utf8")).toBe("one\n");
	});

	test("a tree whose .git somebody replaced is used again, and nothing outside is written", async () => {
		const { store, dir, commit } = await aTree(project);
		const outside = join(tempDir(), "theirs");
		writeFileSync(outside, "theirs");
		writeFiles(dir, { ".git": { link: outside } });
		await prepareTree(store, "ralph-1", { commit });
		expect(readFileSync(outside, "utf8")).toBe("theirs");
		rmSync(join(dir, ".git"));
		runGit(dir, ["init", "--quiet"]);
		await prepareTree(store, "ralph-1", { commit });
		expect(runGit(dir, ["rev-parse", "HEAD"])).toBe(commit);
	});
});

describe("a tree is repaired", () => {
	test.each<[string, (store: Store, dir: string) => void]>([
		[
			"a process that died while it added left the entry locked",
			(store) => writeFileSync(admin(store, "locked"), "initializing"),
		],
		["an entry without its HEAD", (store) => rmSync(admin(store, "HEAD"))],
		["an entry that points elsewhere", (store) => writeFileSync(admin(store, "gitdir"), "/elsewhere/.git\n")],
		["files without an entry", (store) => rmSync(admin(store, ""), { recursive: true })],
		["an entry without files", (_, dir) => rmSync(dir, { recursive: true })],
		["an index of rubbish", (store) => writeFileSync(join(store.dir, "indexes/ralph-1"), "rubbish")],
		["an index cut short", (store) => writeFileSync(join(store.dir, "indexes/ralph-1"), "DIRC")],
		["an index that is gone", (store) => rmSync(join(store.dir, "indexes/ralph-1"))],
		["the lock of a dead process on the index", (store) => writeFileSync(join(store.dir, "indexes/ralph-1.lock"), "")],
		["a folder that was closed", (_, dir) => chmodSync(join(dir, "src"), 0o000)],
		["a file where a folder was", (_, dir) => writeFiles(dir, { src: "a file" })],
		["a folder where a file was", (_, dir) => writeFiles(dir, { "readme.md": null, "readme.md/x": "a file" })],
		["a symlink where a folder was", (_, dir) => writeFiles(dir, { src: { link: "/etc" } })],
	])("after %s", async (_, damage) => {
		const { store, dir, commit } = await aTree(project);
		damage(store, dir);
		await prepareTree(store, "ralph-1", { commit, unsaved: "discard" });
		expect(runGit(dir, ["status", "--porcelain", "--ignored"])).toBe("");
		expect(readFileSync(join(dir, "src/a.js"), "utf8")).toBe("one\n");
		expect((await listTrees(store)).map(({ head }) => head)).toEqual([commit]);
	});
});

describe("nothing that lies in a tree is run by the factory", () => {
	/** Every place from which git is known to run something. */
	function trap(dir: string, proof: string): void {
		const run = `#!/bin/sh\necho "$0 $*" >> ${proof}\ncat\n`;
		writeFiles(dir, {
			"evil.sh": { run },
			".gitattributes": "* filter=evil diff=evil merge=evil\n",
			".gitconfig": `[core]\n\tfsmonitor = ${dir}/evil.sh\n`,
			"evil.git/HEAD": "ref: refs/heads/main\n",
			"evil.git/config": config(dir),
			"evil.git/objects/x": "",
			"evil.git/refs/x": "",
			"evil.git/hooks/post-checkout": { run },
			"evil.git/hooks/reference-transaction": { run },
			"evil.git/hooks/post-index-change": { run },
		});
		rmSync(join(dir, ".git"), { recursive: true, force: true });
		writeFileSync(join(dir, ".git"), `gitdir: ${dir}/evil.git\n`);
	}
	const config = (dir: string) =>
		`[core]\n\trepositoryformatversion = 0\n\tfsmonitor = ${dir}/evil.sh\n\tpager = ${dir}/evil.sh\n\tsshCommand = ${dir}/evil.sh\n` +
		`[filter "evil"]\n\tclean = ${dir}/evil.sh\n\tsmudge = ${dir}/evil.sh\n\tprocess = ${dir}/evil.sh\n` +
		`[diff]\n\texternal = ${dir}/evil.sh\n[diff "evil"]\n\ttextconv = ${dir}/evil.sh\n\tcommand = ${dir}/evil.sh\n[merge "evil"]\n\tdriver = ${dir}/evil.sh\n`;

	test("not by saving, using again or removing it", async () => {
		const { store, dir, commit } = await aTree(project);
		const proof = join(tempDir(), "ran");
		trap(dir, proof);
		// The trap does work: git itself, asked in there, runs it.
		writeFiles(dir, { "readme.md": "changed\n" });
		try {
			runGit(dir, ["status"]);
		} catch {
			// What it says does not matter.
		}
		expect(existsSync(proof)).toBe(true);
		rmSync(proof);
		expect(await salvage(store, (await treeOf(store, dir)).tree)).toBeDefined();
		await prepareTree(store, "ralph-1", { commit });
		trap(dir, proof);
		await removeTree(store, "ralph-1");
		expect(existsSync(proof)).toBe(false);
	});

	test("a repository inside of the tree is refused before git looks at it", async () => {
		const { store, dir } = await aTree(project);
		const proof = join(tempDir(), "ran");
		mkdirSync(join(dir, "src/inner"));
		runGit(join(dir, "src/inner"), ["init", "--quiet"]);
		runGit(join(dir, "src/inner"), ["config", "core.fsmonitor", `touch ${proof}; false`]);
		const { tree } = await treeOf(store, dir);
		expect(await snapshot(tree)).toEqual({ kind: "refused", why: "src/inner is a repository of its own" });
		expect(existsSync(proof)).toBe(false);
	});

	test("a symlink is kept as a symlink, and what it leads to is not read", async () => {
		const { store, dir } = await aTree(project);
		const outside = join(tempDir(), "secret");
		writeFileSync(outside, "a secret");
		symlinkSync(outside, join(dir, "link"));
		const { tree } = await treeOf(store, dir);
		const taken = await snapshot(tree);
		if (taken.kind !== "tree") throw new Error(taken.why);
		const entry = (await listTree(store.git, taken.tree)).find(({ path }) => path === "link");
		expect(entry?.mode).toBe("120000");
		expect(await store.git.text(["cat-file", "blob", entry?.id ?? ""])).toBe(outside);
	});
});

test.each([
	[
		"one file",
		{ "big.bin": Buffer.alloc(200) },
		{ files: 10, bytes: 1_000, fileBytes: 100 },
		/big\.bin has 200 bytes; 100/,
	],
	[
		"all together",
		{ a: Buffer.alloc(90), b: Buffer.alloc(90) },
		{ files: 10, bytes: 100, fileBytes: 100 },
		/have 180 bytes; 100/,
	],
	["too many", { a: "a", b: "b", c: "c" }, { files: 2, bytes: 100, fileBytes: 100 }, /3 files changed; 2/],
])("what is too large is refused before git stores it: %s", async (_, files, limits, why) => {
	const { store, dir } = await aTree(project);
	writeFiles(dir, files);
	const { tree } = await treeOf(store, dir);
	expect(await snapshot(tree, limits)).toMatchObject({ kind: "refused", why: expect.stringMatching(why) });
});

test("files of another tree are laid over one, and taken away where that one lacks them", async () => {
	const repository = aRepository({ "a.txt": "old a", "b.txt": "old b", "gone.txt": "x" });
	repository.commit({ "a.txt": "new a", "b.txt": "new b", "gone.txt": null, "more.txt": "y" });
	const store = await aStore(repository.dir);
	const made = await withFilesOf(store.git, "refs/remotes/target/main", "refs/remotes/target/main~1", [
		"a.txt",
		"more.txt",
		"gone.txt",
	]);
	const texts = await Promise.all(
		(await listTree(store.git, made)).map(async ({ path, id }) => [
			path,
			await store.git.text(["cat-file", "blob", id]),
		]),
	);
	expect(texts).toEqual([
		["a.txt", "old a"],
		["b.txt", "new b"],
		["gone.txt", "x"],
	]);
});

async function aTree(files: Parameters<typeof aRepository>[0]) {
	const store = await aStore(aRepository(files).dir);
	const commit = await baseOf(store, "main");
	const { tree } = await prepareTree(store, "ralph-1", { commit });
	return { store, dir: tree.dir, commit };
}

/** The tree as its user has it, with whatever lies in it. */
async function treeOf(store: Store, dir: string) {
	const { Git } = await import("./git.ts");
	const place = { gitDir: admin(store, ""), workTree: dir, index: join(store.dir, "indexes/ralph-1") };
	return { tree: { name: "ralph-1", dir, git: new Git(place) } };
}

function admin(store: Store, file: string): string {
	return join(store.git.place.gitDir, "worktrees/ralph-1", file);
}

function filesIn(dir: string): string[] {
	return readdirSync(dir).sort();
}

import { once } from "node:events";
import {
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { basename, dirname, join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { aRepository, runGit } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { notesOn } from "./notes-on.ts";
import { commitTree, nothing, treeOf } from "./objects.ts";
import { push } from "./push.ts";
import { baseOf, examineStore, fetch, findCommit, mirrored, moveRef } from "./store.ts";
import { findTarget, recallTarget } from "./target.ts";
import { prepareTree } from "./trees.ts";

describe("a target", () => {
	test("is found from a folder inside of it, and stands for the whole", async () => {
		const project = aRepository({ "src/a.ts": "" });
		const target = await findTarget("src", project.dir);
		expect(target).toMatchObject({ kind: "local", address: project.dir });
	});

	test("that does not exist, or is no repository, is refused with what to do", async () => {
		await expect(findTarget("nowhere", "/tmp")).rejects.toThrow(/nowhere does not exist. Name the folder/);
		await expect(findTarget(tempDir(), "/")).rejects.toMatchObject({
			code: "bad-repository",
			message: expect.stringMatching(/is not a git repository.*git init/),
		});
	});

	test("that is shallow is refused with the command that completes it", async () => {
		const project = aRepository();
		project.commit({ "a.txt": "1" });
		const clone = join(tempDir(), "clone");
		runGit("/", ["clone", "--quiet", "--depth=1", `file://${project.dir}`, clone]);
		await expect(findTarget(clone, "/")).rejects.toThrow(/fetch --unshallow/);
	});

	test("whose objects are named by SHA-256 is refused, as a folder and as a URL", async () => {
		const dir = join(tempDir(), "project");
		runGit("/", ["init", "--quiet", "--object-format=sha256", dir]);
		const who = ["-c", "user.name=x", "-c", "user.email=x"];
		runGit(dir, [...who, "commit", "--quiet", "--allow-empty", "-m", "The first"]);
		const why = {
			code: "bad-repository",
			message: expect.stringMatching(/^\S+ names its objects by SHA-256.*=sha1\.$/),
		};
		await expect(findTarget(dir, "/")).rejects.toMatchObject(why);
		await expect(aStore(`file://${dir}`)).rejects.toMatchObject(why);
	});

	test("that moved away has the name that it had, also behind a symlink", async () => {
		const project = aRepository({ "src/a.ts": "" });
		const before = await findTarget(project.dir, "/");
		const link = join(tempDir(), "link");
		symlinkSync(dirname(project.dir), link);
		expect(await recallTarget("src", project.dir)).toEqual(before);
		renameSync(project.dir, `${project.dir}-moved`);
		expect(await recallTarget(join(link, basename(project.dir)), "/")).toEqual(before);
		expect(await recallTarget("ssh://git@host/x.git", "/")).toEqual(await findTarget("ssh://git@host/x.git", "/"));
	});

	test("with uncommitted files is used, and its person is told that they do not count", async () => {
		const project = aRepository();
		project.write({ "a.txt": "1", "b.txt": "2", "c.txt": "3", "d.txt": "4" });
		const store = await aStore(project.dir);
		expect(await notesOn(store, mirrored("main"))).toEqual([
			{
				about: "uncommitted",
				message: `${project.dir} has files that are not committed (a.txt, b.txt, c.txt and 1 more); only what is committed counts`,
			},
		]);
	});

	test("with submodules or files in LFS is used, and its person is told what checks see of them", async () => {
		const inner = aRepository();
		const project = aRepository({
			".gitattributes": "# none\n*.png filter=lfs diff=lfs -text\n*.txt text\n",
			"a.png": "version x\n",
		});
		project.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.dir, "vendor/inner");
		project.commit({});
		const store = await aStore(project.dir);
		const commit = await baseOf(store, "main");
		expect((await notesOn(store, commit)).map(({ about, message }) => `${about}: ${message.split(";")[0]}`)).toEqual([
			"submodules: vendor/inner: submodules are empty where checks run",
			"lfs: *.png: files in LFS are only their pointers where checks run",
		]);
		const { tree } = await prepareTree(store, "ralph-1", { commit });
		expect(readFileSync(join(tree.dir, "a.png"), "utf8")).toBe("version x\n");
		expect(readdirSync(join(tree.dir, "vendor/inner"))).toEqual([]);
		expect((await prepareTree(store, "ralph-1", { commit })).rescued).toBeUndefined();
	});

	test("without a commit, or without the base, is refused with the branches there are", async () => {
		const empty = await aStore(aRepository({}).dir);
		await expect(baseOf(empty, "main")).rejects.toThrow(/has no commit yet/);
		const store = await aStore(aRepository().dir);
		await expect(baseOf(store, "master")).rejects.toThrow(/has no branch "master". There are: main/);
	});

	test("that moved away is told, and nothing is changed", async () => {
		const project = aRepository();
		const store = await aStore(project.dir);
		const base = await baseOf(store, "main");
		renameSync(project.dir, `${project.dir}-moved`);
		await expect(fetch(store)).rejects.toThrow(/is not there any more.*--repository/);
		expect(await baseOf(store, "main")).toBe(base);
	});

	test("whose server does not answer is told as something that passes", async () => {
		const store = await aStore(aRepository().dir);
		const gone = { ...store, target: { kind: "remote", address: "git://127.0.0.1:1/x.git", name: "x" } } as const;
		await expect(fetch(gone)).rejects.toMatchObject({ code: "target-unreachable" });
		expect(await push(gone, [{ ref: "refs/heads/x", from: undefined, to: await baseOf(store, "main") }])).toMatchObject(
			{
				kind: "unreachable",
			},
		);
	});

	test("whose server accepts and says nothing is given up, and told as something that passes", async () => {
		const server = createServer(() => undefined).listen(0, "127.0.0.1");
		onTestFinished(() => void server.close());
		await once(server, "listening");
		const { port } = server.address() as AddressInfo;
		const store = await aStore(aRepository().dir);
		const silent = { ...store, target: { kind: "remote", address: `git://127.0.0.1:${port}/x`, name: "x" } } as const;
		await expect(fetch(silent, undefined, { silenceMs: 300, timeoutMs: 60_000 })).rejects.toMatchObject({
			code: "target-unreachable",
			message: expect.stringMatching(/said nothing for 0s and was ended/),
		});
		expect(await store.leases.held("fetch-x")).toEqual([]);
	});

	test("is a password's grave: an address with one never shows it", async () => {
		const target = await findTarget("https://me:hunter2@127.0.0.1:1/x.git", "/");
		const store = await aStore(aRepository().dir);
		const message = await fetch({ ...store, target }).catch((error: Error) => error.message);
		expect(message).toMatch(/127\.0\.0\.1/);
		expect(message).not.toMatch(/hunter2/);
		expect(target.name).not.toMatch(/hunter2/);
	});
});

describe("a ref", () => {
	test("moves only from where it is thought to stand", async () => {
		const project = aRepository();
		const { git } = await aStore(project.dir);
		const one = project.git("rev-parse", "HEAD");
		const two = await commitTree(git, { tree: await treeOf(git, one), parents: [one], message: "two", seconds: 1 });
		const ref = "refs/heads/x";
		expect(await moveRef(git, { ref, from: two, to: one })).toBe(false);
		expect(await moveRef(git, { ref, from: undefined, to: one })).toBe(true);
		expect(await moveRef(git, { ref, from: nothing, to: two })).toBe(false);
		expect(await moveRef(git, { ref, from: two, to: undefined })).toBe(false);
		expect(await moveRef(git, { ref, from: one, to: two })).toBe(true);
		expect(await moveRef(git, { ref, from: two, to: undefined })).toBe(true);
	});

	test("is freed from the lock of a process that died, and not from one that may live", {
		timeout: 60_000,
	}, async () => {
		const project = aRepository();
		const { git } = await aStore(project.dir);
		const commit = project.git("rev-parse", "HEAD");
		mkdirSync(join(git.place.gitDir, "refs/heads"), { recursive: true });
		const lock = join(git.place.gitDir, "refs/heads/x.lock");
		writeFileSync(lock, "");
		const ago = Date.now() / 1_000 - 60;
		utimesSync(lock, ago, ago);
		expect(await moveRef(git, { ref: "refs/heads/x", from: undefined, to: commit })).toBe(true);
	});
});

describe("a push", () => {
	test("moves the target's branch, and the person's clean checkout follows", async () => {
		const project = aRepository();
		const store = await aStore(project.dir);
		const base = await baseOf(store, "main");
		project.branch("work", { "new.txt": "new\n" });
		await fetch(store);
		const work = await findCommit(store, "work");
		expect(await push(store, [{ ref: "refs/heads/main", from: base, to: work }])).toEqual({ kind: "pushed" });
		expect(project.git("rev-parse", "HEAD")).toBe(work);
		expect(project.git("status", "--porcelain")).toBe("");
		expect(project.git("show", "HEAD:new.txt")).toBe("new");
	});

	test("is refused where the branch is checked out with something uncommitted, and says where", async () => {
		const project = aRepository();
		const store = await aStore(project.dir);
		const base = await baseOf(store, "main");
		project.branch("work", { "readme.md": "Another\n" });
		await fetch(store);
		project.write({ "readme.md": "Mine\n" });
		const to = await findCommit(store, "work");
		expect(await push(store, [{ ref: "refs/heads/main", from: base, to }])).toMatchObject({
			kind: "refused",
			why: expect.stringContaining(`checked out in ${project.dir}`),
		});
		expect(project.git("rev-parse", "HEAD")).toBe(base);
	});

	test("does nothing when a person moved the branch meanwhile; of several refs, none moves", async () => {
		const project = aRepository();
		const store = await aStore(project.dir);
		const base = await baseOf(store, "main");
		project.branch("work", { "new.txt": "new\n" });
		await fetch(store);
		const mine = project.commit({ "mine.txt": "mine\n" });
		const to = await findCommit(store, "work");
		const moves = [
			{ ref: "refs/heads/other", from: undefined, to },
			{ ref: "refs/heads/main", from: base, to },
		];
		expect(await push(store, moves)).toEqual({ kind: "moved" });
		expect(project.git("rev-parse", "main")).toBe(mine);
		expect(project.git("branch", "--list", "other")).toBe("");
	});

	test("that a rule of the target forbids is refused with the rule's words", async () => {
		const bare = join(tempDir(), "bare.git");
		const project = aRepository();
		runGit("/", ["clone", "--quiet", "--bare", project.dir, bare]);
		writeFileSync(join(bare, "hooks/pre-receive"), "#!/bin/sh\necho 'not on a Friday' >&2\nexit 1\n", { mode: 0o755 });
		const store = await aStore(`file://${bare}`);
		const to = await baseOf(store, "main");
		expect(await push(store, [{ ref: "refs/heads/x", from: undefined, to }])).toMatchObject({ kind: "refused" });
	});
});

test("a look at the target succeeds though a dead process's git still moves the same refs", async () => {
	const project = aRepository();
	const store = await aStore(project.dir);
	const commits = [await baseOf(store, "main"), project.commit({ "a.txt": "x" })] as const;
	await fetch(store);
	for (let look = 0; look < 15; look++) {
		project.commit({ [`${look}.txt`]: "x" });
		let isOver = false;
		const fetched = fetch(store).finally(() => {
			isOver = true;
		});
		// From when git is asked; so few times that not every try of a look can meet one.
		while (!isOver && (await store.leases.held(`fetch-${store.target.name}`)).length === 0)
			await new Promise((resolve) => setImmediate(resolve));
		for (let move = 0; move < 3 && !isOver; move++)
			await store.git.answer(["update-ref", mirrored("main"), commits[move % 2] ?? ""], { answers: [0, 128] });
		await fetched;
	}
	await fetch(store);
	expect(await baseOf(store, "main")).toBe(project.git("rev-parse", "main"));
});

test("a target whose history was written anew is followed", async () => {
	const project = aRepository();
	project.commit({ "a.txt": "1" });
	const store = await aStore(project.dir);
	project.git("reset", "--quiet", "--hard", "HEAD~1");
	const other = project.commit({ "b.txt": "2" });
	await fetch(store);
	expect(await baseOf(store, "main")).toBe(other);
});

test("a store that lost an object is not trusted any more, and what to do is said", async () => {
	const project = aRepository();
	const store = await aStore(project.dir);
	await examineStore(store);
	const tree = await treeOf(store.git, mirrored("main"));
	rmSync(join(store.git.place.gitDir, "objects"), { recursive: true });
	mkdirSync(join(store.git.place.gitDir, "objects"));
	await expect(examineStore(store)).rejects.toMatchObject({ code: "bad-store" });
	expect(tree).toMatch(/^[0-9a-f]{40}$/);
});

test("all worktrees of a repository are one target", async () => {
	const project = aRepository();
	const beside = join(tempDir(), "beside");
	project.git("worktree", "add", "--quiet", "-b", "other", beside);
	const [main, other] = [await findTarget(project.dir, "/"), await findTarget(beside, "/")];
	expect(other.name).toBe(main.name);
	expect(other.address).not.toBe(main.address);
});

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { aRepository } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { commitWork } from "./commit-work.ts";
import { listTree } from "./objects.ts";
import { baseOf, mirrored } from "./store.ts";
import { prepareTree, removeTree } from "./trees.ts";

/** "café" as it was written before there was UTF-8. */
const name = Buffer.from([0x63, 0x61, 0x66, 0xe9]);

// The file system of macOS takes no such name.
describe.skipIf(process.platform === "darwin")("a file whose name is not UTF-8", () => {
	test("makes the tree unreadable, and is named", async () => {
		const project = aRepository({ "src/a.js": "a\n" });
		write(`${project.dir}/src`);
		project.commit({});
		const store = await aStore(project.dir);
		await expect(listTree(store.git, mirrored("main"))).rejects.toMatchObject({
			code: "bad-tree",
			message:
				'the file name "src/caf\\351" is not UTF-8, and nothing here can work with it. Give the file another name: git mv',
		});
	});

	test("is not committed, whatever its size, and can be given up", async () => {
		const { store, dir, commit, tree } = await aTree();
		write(dir);
		const why = expect.stringMatching(/^the file name "caf\\351" is not UTF-8/);
		expect(await commitWork(store, tree, { base: commit, branch: "x", message: "x", seconds: 1 })).toEqual({
			kind: "refused",
			why,
		});
		await expect(removeTree(store, "ralph-1")).rejects.toMatchObject({ code: "bad-tree" });
		await prepareTree(store, "ralph-1", { commit, unsaved: "discard" });
		write(dir);
		expect((await prepareTree(store, "ralph-1", { commit })).rescued).toBe(`${dir}.unsaved-1`);
	});

	test("may be a folder with something in it: that is refused, and goes with the tree", async () => {
		const { store, dir, commit, tree } = await aTree();
		const folder = Buffer.concat([Buffer.from(`${dir}/src/`), name]);
		mkdirSync(folder);
		writeFileSync(Buffer.concat([folder, Buffer.from("/x.js")]), "x");
		expect(await commitWork(store, tree, { base: commit, branch: "x", message: "x", seconds: 1 })).toEqual({
			kind: "refused",
			why: expect.stringMatching(/^the file name "src\/caf\\351" is not UTF-8/),
		});
		await removeTree(store, "ralph-1", { unsaved: "discard" });
		expect(existsSync(dir)).toBe(false);
	});
});

test("names in every other script are text", async () => {
	const project = aRepository({ "größe.txt": "x", "каталог/файл.txt": "x", "😀 �.txt": "x" });
	const store = await aStore(project.dir);
	expect((await listTree(store.git, mirrored("main"))).map(({ path }) => path)).toEqual([
		"größe.txt",
		"каталог/файл.txt",
		"😀 �.txt",
	]);
});

function write(dir: string): void {
	writeFileSync(Buffer.concat([Buffer.from(`${dir}/`), name]), "x");
}

async function aTree() {
	const store = await aStore(aRepository({ "src/a.js": "a\n" }).dir);
	const commit = await baseOf(store, "main");
	const { tree } = await prepareTree(store, "ralph-1", { commit });
	return { store, dir: tree.dir, commit, tree };
}

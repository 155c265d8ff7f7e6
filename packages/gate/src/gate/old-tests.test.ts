import { expect, test } from "vitest";
import { readDiff } from "../diff/read-diff.ts";
import { mirrored } from "../git/store.ts";
import { fileKinds } from "../ratchet/file-kinds.ts";
import { aRepository, type Files } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { inTheWay } from "./old-tests.ts";

test.each<[string, Files, Files, string[]]>([
	["another ending", { "test/same.ts": "" }, { "test/same.mjs": "1" }, ["test/same.mjs"]],
	["a file for a folder", { "test/same/index.js": "" }, { "test/same.js": "1" }, ["test/same.js"]],
	["data for code", { "test/fixtures/sums.js": "" }, { "test/fixtures/sums.json": "1" }, ["test/fixtures/sums.json"]],
	["a mock of whatever", { "src/add.js": "" }, { "__mocks__/@repo/add.js": "1" }, ["__mocks__/@repo/add.js"]],
	["nothing of the same name", { "test/same.ts": "" }, { "test/other.ts": "1", "test/same.md": "1" }, []],
	["not what was there", { "test/same.ts": "", "test/same.mjs": "" }, { "test/same.mjs": "1" }, []],
	["not code in the way of code", { "src/same.ts": "" }, { "src/same.mjs": "1" }, []],
])("a new file goes before one of the tests' own: %s", async (_, base, change, expected) => {
	const repository = aRepository(base);
	repository.branch("work", change);
	const { git } = await aStore(repository.dir);
	const diff = await readDiff(git, mirrored("main"), mirrored("work"));
	expect(await inTheWay(git, mirrored("main"), diff, fileKinds())).toEqual(expected);
});

import { expect, test } from "vitest";
import { mirrored } from "../git/store.ts";
import { fileKinds } from "../ratchet/file-kinds.ts";
import { aRepository, type Files } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { baseFiles } from "./base-files.ts";
import { Places } from "./places.ts";
import { testsIn } from "./tests-of.ts";

const runs = 'import { test } from "vitest";\ntest("a", () => {});\n';
const asserts = 'import assert from "node:assert";\nexport function same(a, b) {\n\tassert.equal(a, b);\n}\n';
const usedBy = (path: string) => ({ "test/a.test.js": `import { same } from "${path}";\n` });

interface Known {
	readonly tests?: readonly string[];
	readonly both?: readonly string[];
}

test.each<[string, Files, readonly string[], Known]>([
	["nothing", { "src/a.js": "export const a = 1;\n" }, [], {}],
	["a file that imports a runner", { "checks/a.js": runs }, [], { tests: ["checks/a.js"] }],
	["not one that imports its types", { "src/a.ts": 'import type { Test } from "vitest";\n' }, [], {}],
	[
		"one that asks for a runner in other words",
		{ "checks/a.cjs": 'const t = require("node:test");\n', "checks/b.mjs": 'await import("@jest/globals");\n' },
		[],
		{ tests: ["checks/a.cjs", "checks/b.mjs"] },
	],
	[
		"one that uses the names that are everywhere",
		{ "checks/a.js": 'it("a", () => {});\n' },
		[],
		{ tests: ["checks/a.js"] },
	],
	[
		"not code that has such a name of its own",
		{
			"src/a.js": 'const it = (name, f) => f(name);\nit("a", () => {});\n',
			"src/b.js": "export const b = /x/.test(y);\n",
		},
		[],
		{},
	],
	[
		"what expects something, and no parser",
		{ "src/same.js": "export const same = (a, b) => expect(a).toBe(b);\n", "src/parse.js": 'expect("(");\n' },
		[],
		{ tests: ["src/same.js"] },
	],
	["a file that was seen to run", { "checks/a.js": "check(1);\n" }, ["checks/a.js"], { tests: ["checks/a.js"] }],
	[
		"code with tests in its source",
		{ "src/a.js": "export const a = 1;\nif (import.meta.vitest) {\n}\n" },
		["src/a.js"],
		{ both: ["src/a.js"] },
	],
	[
		"both, where the code imports it as well",
		{ "src/same.js": runs, "src/index.js": 'import "./same.js";\nexport const a = 1;\n' },
		[],
		{ both: ["src/same.js"] },
	],
	[
		"both, where a package begins with it",
		{ "package.json": '{ "exports": "./dist/matchers.js" }', "src/matchers.ts": runs },
		[],
		{ both: ["src/matchers.ts"] },
	],
	[
		"the tests' alone, where code imports its types",
		{ "src/same.ts": runs, "src/index.ts": 'import type { Same } from "./same.ts";\nexport const a = 1;\n' },
		[],
		{ tests: ["src/same.ts"] },
	],
	[
		"a helper that asserts by Node's own means, for tests alone",
		{ "src/same.js": asserts, ...usedBy("../src/same.js") },
		[],
		{ tests: ["src/same.js"] },
	],
	["not one that nobody imports", { "src/same.js": asserts }, [], {}],
	[
		"a helper that throws, and is called so",
		{
			"src/same.js": "export function expectSame(a, b) {\n\tif (a !== b) throw new Error();\n}\n",
			"src/read.js": "export function read(a) {\n\tif (!a) throw new Error();\n}\n",
			"test/a.test.js": 'import "../src/same.js";\nimport "../src/read.js";\n',
		},
		[],
		{ tests: ["src/same.js"] },
	],
	[
		"not code that asserts and does more",
		{ "src/same.js": `${asserts}export const version = 1;\n`, ...usedBy("../src/same.js") },
		[],
		{},
	],
	[
		"a door to helpers that only tests go through",
		{
			"src/index.js": 'export { same } from "./same.js";\n// The rest comes later.\nexport * from "./more.js";\n',
			"src/same.js": asserts.replace("node:assert", "chai"),
			"src/more.js": "export const more = 1;\n",
			...usedBy("../src/index.js"),
		},
		[],
		{ tests: ["src/index.js", "src/same.js"] },
	],
	[
		"not a door that code goes through",
		{
			"src/index.js": 'export { same } from "./same.js";\n',
			"src/same.js": asserts.replace("node:assert", "chai"),
			"src/main.js": 'import "./index.js";\n',
		},
		[],
		{ both: ["src/same.js"] },
	],
	[
		"imported by an alias and by the name of a package",
		{
			"lib/same.js": runs,
			"src/a.js": 'import "@/lib/same";\n',
			"packages/b/package.json": '{ "name": "@repo/b" }',
			"packages/b/src/index.js": runs,
			"src/b.js": 'import "@repo/b";\n',
		},
		[],
		{ both: ["lib/same.js", "packages/b/src/index.js"] },
	],
	[
		"where a link among the tests leads",
		{ "test/same.js": { link: "../lib/same.js" }, "lib/same.js": "export const same = 1;\n" },
		[],
		{ tests: ["lib/same.js"] },
	],
	[
		"nothing that its name tells already",
		{ "test/a.js": runs, "src/a.test.js": runs, "vitest.config.js": runs },
		[],
		{},
	],
])("holds tests: %s", async (_, files, ran, { tests = [], both = [] }) => {
	const store = await aStore(aRepository(files).dir);
	const inBase = await baseFiles(store.git, mirrored("main"));
	const found = await testsIn(inBase, await Places.of(inBase), fileKinds(), ran);
	expect({ tests: [...found.tests].sort(), both: [...found.both].sort() }).toEqual({ tests, both });
});

import { describe, expect, test } from "vitest";
import { readDiff } from "../diff/read-diff.ts";
import { commitOf } from "../git/objects.ts";
import { mirrored } from "../git/store.ts";
import { aRepository, type Files } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { GateDefinition } from "./gate-definition.ts";
import { kindsOf } from "./kinds-of.ts";

const definition = GateDefinition.parse({ checks: [] });
const node = GateDefinition.parse({ checks: [{ name: "tests", run: "node --test", reports: "tap" }] });

async function kinds(base: Files, change: Files = {}, checks = definition) {
	const repository = aRepository({ "readme.md": "", ...base });
	repository.branch("work", change);
	const { git } = await aStore(repository.dir);
	const [from = "", to = ""] = [await commitOf(git, mirrored("main")), await commitOf(git, mirrored("work"))];
	return await kindsOf(git, from, checks, { diff: await readDiff(git, from, to) });
}

describe("code that is called like configuration", () => {
	const uses = 'import { limit } from "./app.config.js";\nexport const isFull = (count) => count >= limit;\n';
	const config = { "src/app.config.js": "export const limit = 1;\n" };

	test("is product where the product imports it", async () => {
		const { isProduct, isMeasuringStick } = await kinds({ ...config, "src/app.js": uses });
		expect(isProduct("src/app.config.js")).toBe(true);
		expect(isMeasuringStick("src/app.config.js")).toBe(false);
	});

	test("is of the stick where nobody does, or only a test, or a runner's configuration as well", async () => {
		const { isMeasuringStick: alone } = await kinds({ ...config, "src/app.test.js": uses });
		expect(alone("src/app.config.js")).toBe(true);
		const { isMeasuringStick } = await kinds({
			...config,
			"src/app.js": uses,
			"vite.config.js": 'import "./src/app.config.js";\n',
		});
		expect(isMeasuringStick("src/app.config.js")).toBe(true);
	});

	test("is of the stick where a tool of the base may read it, and not for a package of the workspace", async () => {
		const uses = { ...config, "src/app.js": 'import "./app.config.js";\n' };
		const read = await kinds({ ...uses, "package.json": '{ "devDependencies": { "app-kit": "1" } }' });
		expect(read.isMeasuringStick("src/app.config.js")).toBe(true);
		const own = await kinds({
			...uses,
			"package.json": '{ "dependencies": { "@repo/app": "1" } }',
			"packages/app/package.json": '{ "name": "@repo/app" }',
		});
		expect(own.isProduct("src/app.config.js")).toBe(true);
	});

	test("is product when it comes with code that imports it, unless a tool of the base may read it", async () => {
		const free = await kinds({}, { ...config, "src/app.js": uses });
		expect(free.isProduct("src/app.config.js")).toBe(true);
		const taken = await kinds(
			{ "package.json": '{ "devDependencies": { "vite-plugin-app": "1" } }' },
			{ ...config, "src/app.js": uses },
		);
		expect(taken.isMeasuringStick("src/app.config.js")).toBe(true);
		const known = await kinds({}, { "postcss.config.cjs": "", "src/a.js": 'import "../postcss.config.cjs";\n' });
		expect(known.isMeasuringStick("postcss.config.cjs")).toBe(true);
	});
});

test("configuration is of no tool where the base depends on none of that name", async () => {
	const { isOfNoTool } = await kinds({
		"package.json": '{ "devDependencies": { "@houdini/kit": "1", "taple": "1" } }',
	});
	expect(isOfNoTool("typedoc.config.js")).toBe(true);
	expect(isOfNoTool(".taprc.json")).toBe(false);
	expect(isOfNoTool("houdini.config.js")).toBe(false);
	expect(isOfNoTool("tsconfig.json")).toBe(false);
});

test("names of node's own runner are of tests where it runs", async () => {
	expect((await kinds({}, {}, node)).isTest("src/test-add.js")).toBe(true);
	expect((await kinds({})).isTest("src/test-add.js")).toBe(false);
});

test("data is of the tests where they alone name it", async () => {
	const data = {
		"data/sums.json": "[3]",
		"data/rates.json": "[1]",
		"data/spare.json": "[]",
		"notes.md": "See sums.json.\n",
	};
	const names = {
		"test/add.test.js": 'read("../data/sums.json"); read("rates.json");\n',
		"src/rate.js": 'read("./rates.json");\n',
	};
	const edited = { "data/sums.json": "[4]", "data/rates.json": "[2]", "data/spare.json": null };
	const { isProduct } = await kinds({ ...data, ...names }, edited);
	expect(Object.keys(edited).map(isProduct)).toEqual([false, true, true]);
});

test("what a change brings may hold tests, and is no less product for it", async () => {
	const runs = 'import { test } from "vitest";\ntest("a", () => {});\n';
	const { isTest, isProduct } = await kinds(
		{ "src/add.js": "export const add = 1;\n", "checks/old.js": runs },
		{
			"checks/new.js": runs,
			"src/add.js": `${runs}export const add = 2;\n`,
			"checks/old.js": null,
			"checks/moved.js": runs,
		},
	);
	for (const path of ["checks/new.js", "src/add.js", "checks/moved.js"]) {
		expect([path, isTest(path)]).toEqual([path, true]);
		expect([path, isProduct(path)]).toEqual([path, true]);
	}
	expect(isProduct("checks/old.js")).toBe(false);
});

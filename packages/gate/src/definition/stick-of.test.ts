import { expect, test } from "vitest";
import { mirrored } from "../git/store.ts";
import { aRepository, type Files } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { baseFiles } from "./base-files.ts";
import { GateDefinition } from "./gate-definition.ts";
import { Places } from "./places.ts";
import { stickOf } from "./stick-of.ts";

test.each<[string, Files, unknown[], string[]]>([
	["nothing", { "src/a.ts": "", "package.json": "{}" }, [], []],
	[
		"setup files under any name, and what lies beside them",
		{
			"vitest.config.ts": 'export default { test: { setupFiles: ["./config/env.ts"], globalSetup: "tools/global" } };',
			"config/env.ts": 'import { more } from "./more.ts";\nimport { subject } from "../src/subject.ts";',
			"config/more.ts": "",
			"src/subject.ts": "",
			"tools/global.ts": "",
		},
		[],
		["config/env.ts", "config/more.ts", "tools/global.ts"],
	],
	[
		"jest's, which begin at the root",
		{ "jest.config.js": 'module.exports = { setupFilesAfterEnv: ["<rootDir>/config/env"] };', "config/env.js": "" },
		[],
		["config/env.js"],
	],
	[
		"those in a manifest",
		{
			"package.json": '{ "jest": { "setupFiles": ["./prepare.js"] }, "main": "index.js" }',
			"prepare.js": "",
			"index.js": "",
		},
		[],
		["prepare.js"],
	],
	[
		"what a tsconfig extends, and what that extends",
		{
			"tsconfig.json": '{ "extends": "./build/strict", /* or */ }',
			"build/strict.json": '{ "extends": "./base.json" }',
			"build/base.json": "{}",
		},
		[],
		["build/base.json", "build/strict.json"],
	],
	[
		"what mocha requires",
		{ ".mocharc.json": '{ "require": ["./test/hooks.mjs"] }', "test/hooks.mjs": "" },
		[],
		["test/hooks.mjs"],
	],
	[
		"the scripts of checks, and not what they look at",
		{ "scripts/check.mjs": 'import "./lib.mjs";\nimport "../src/a.mjs";', "scripts/lib.mjs": "", "src/a.mjs": "" },
		[{ name: "x", run: "node scripts/check.mjs --all", reports: "exit" }],
		["scripts/check.mjs", "scripts/lib.mjs"],
	],
	[
		"a helper among the tests, wherever it is used from",
		{ "vitest.config.ts": 'import "./test/shared/matchers.ts";', "test/shared/matchers.ts": "" },
		[],
		["test/shared/matchers.ts"],
	],
	[
		"all that a runner's configuration imports, wherever it lies: it runs where the result is told",
		{
			"packages/a/vite.config.ts": 'import { plugin } from "./src/index.ts";\nimport "../../tools/shared.ts";',
			"packages/a/src/index.ts": 'export { plugin } from "./plugin.ts";',
			"packages/a/src/plugin.ts": "",
			"packages/a/src/other.ts": "",
			"tools/shared.ts": 'import "./more/deep.ts";',
			"tools/more/deep.ts": "",
		},
		[],
		["packages/a/src/index.ts", "packages/a/src/plugin.ts", "tools/more/deep.ts", "tools/shared.ts"],
	],
	[
		"all of a package of the workspace that it imports, and what that imports",
		{
			"packages/a/package.json": '{ "name": "a" }',
			"packages/a/vitest.config.ts": 'import { shared } from "@repo/vitest-config/base";\nimport { one } from "a/one";',
			"packages/a/one.ts": "",
			"packages/a/two.ts": "",
			"packages/vitest-config/package.json": '{ "name": "@repo/vitest-config" }',
			"packages/vitest-config/src/base.ts": 'import "@repo/names";',
			"packages/names/package.json": '{ "name": "@repo/names" }',
			"packages/names/index.ts": "",
			"test/fixtures/x/package.json": '{ "name": "vitest" }',
		},
		[],
		["packages/a/one.ts", "packages/names/", "packages/vitest-config/"],
	],
	[
		"what the names of a manifest's map lead to",
		{
			"package.json": '{ "imports": { "#tools/*": { "default": "./build/*.js" } } }',
			"vitest.config.js": 'import "#tools/settings";',
			"build/settings.js": "",
		},
		[],
		["build/settings.js"],
	],
	[
		"what a configuration reads",
		{
			"vitest.config.js": 'const a = JSON.parse(fs.readFileSync(new URL("./tools/a.json", import.meta.url)));',
			"tools/a.json": "{}",
		},
		[],
		["tools/a.json"],
	],
	[
		"not what is said to a plugin, nor where a package's own code lies",
		{
			"vite.config.ts":
				'export default { plugins: [copy({ from: "./public/a.js" })], resolve: { alias: { a: "./src/a.ts" } } };',
			"public/a.js": "",
			"src/a.ts": "",
			"package.json": '{ "exports": { ".": { "import": "./src/a.ts", "require": "./src/a.ts" } } }',
		},
		[],
		[],
	],
	[
		"the files of a runner's list, and not what stands in a project's own settings",
		{
			"vitest.config.ts":
				'export default { test: { reporters: ["default", ["./tools/reporter.ts", { outputFile: "./tools/out.ts" }]], projects: ["./packages/b/run.ts", { test: { include: ["./test/a.js"] } }] } };',
			"tools/reporter.ts": "",
			"tools/out.ts": "",
			"packages/b/run.ts": "",
			"test/a.js": "",
		},
		[],
		["packages/b/run.ts", "tools/reporter.ts"],
	],
	[
		"where a link leads, and the link",
		{
			"vitest.config.js": { link: "tools/settings.js" },
			"tools/settings.js": 'import "../shared/limits.js";',
			shared: { link: "build/shared" },
			"build/shared/limits.js": "",
		},
		[],
		["build/shared/limits.js", "shared", "tools/settings.js", "vitest.config.js"],
	],
	[
		"what a configuration without a tree names",
		{
			".mocharc.yml": "spec: test\nrequire:\n  - ./tools/hooks.cjs\n  - 'tools/more.cjs'\nfile: ./tools/first.cjs\n",
			"tools/hooks.cjs": "",
			"tools/more.cjs": "",
			"tools/first.cjs": "",
			"test.js": "",
		},
		[],
		["tools/first.cjs", "tools/hooks.cjs", "tools/more.cjs"],
	],
	[
		"not what the configuration of any other tool imports from far away",
		{ "next.config.mjs": 'import "./src/env.js";\nimport "./next-more.mjs";', "src/env.js": "", "next-more.mjs": "" },
		[],
		["next-more.mjs"],
	],
	[
		"projects that a list without keys, or a pattern, names",
		{
			"vitest.workspace.ts": 'export default defineWorkspace(["packages/*/run.{ts,js}", "./tools/one.ts"]);',
			"packages/a/run.ts": "",
			"packages/a/other.ts": "",
			"tools/one.ts": "",
		},
		[],
		["packages/a/run.ts", "tools/one.ts"],
	],
	[
		"what is handed to the workers' programs",
		{
			"vitest.config.ts": 'export default { test: { execArgv: ["--import=./tools/hooks.mjs"] } };',
			"tools/hooks.mjs": "",
		},
		[],
		["tools/hooks.mjs"],
	],
	[
		"the map of jest by what it leads to, and not by its patterns",
		{
			"jest.config.js": 'module.exports = { transform: { "^.*\\\\.a.js$": "./tools/to.js" } };',
			"tools/to.js": "",
			"x.a.js": "",
		},
		[],
		["tools/to.js"],
	],
	[
		"a plugin of a compiler that was taught to have some",
		{ "tsconfig.json": '{ "compilerOptions": { "plugins": [{ "transform": "./tools/to.ts" }] } }', "tools/to.ts": "" },
		[],
		["tools/to.ts"],
	],
	[
		"what a makefile runs, where a check makes it",
		{
			Makefile: "check: src/a.js\n\t@node tools/check.mjs src/a.js\n\t./bin/more\n",
			"tools/check.mjs": "",
			"bin/more": "#!/bin/sh\nexec node bin/most.mjs\n",
			"bin/most.mjs": "",
			"src/a.js": "",
		},
		[{ name: "a", run: "make check", reports: "exit" }],
		["bin/more", "bin/most.mjs", "tools/check.mjs"],
	],
	["not what a makefile runs that no check makes", { Makefile: "a:\n\tnode a.mjs\n", "a.mjs": "" }, [], []],
	[
		"where the targets of a workspace of nx stand",
		{ "nx.json": "{}", "packages/a/project.json": "{}", "packages/a/a.json": "{}" },
		[],
		["packages/a/project.json"],
	],
	[
		"what options of a check's command name, and a script of the shell",
		{
			"ci/run.ts": 'import "../src/subject.ts";',
			"src/subject.ts": "",
			"tools/hooks.mjs": "",
			"ci/test.sh": "set -e\nexec node --import ./tools/shell.mjs --test",
			"tools/shell.mjs": "",
			"src/index.ts": "",
			"test/a.js": "",
		},
		[
			{ name: "a", run: "vitest run --config=ci/run.ts src", reports: "vitest" },
			{ name: "b", run: "node --import ./tools/hooks.mjs --test test/a.js", reports: "tap" },
			{ name: "c", run: "sh ci/test.sh", reports: "exit" },
		],
		["ci/run.ts", "ci/test.sh", "src/subject.ts", "tools/hooks.mjs", "tools/shell.mjs"],
	],
	[
		"what a compiler's configuration refers to, and what a package hands out for it",
		{
			"tsconfig.json":
				'{ "extends": ["@repo/ts/strict", "@repo/plain"], "references": [{ "path": "./build/app.json" }] }',
			"build/app.json": "{}",
			"packages/ts/package.json": '{ "name": "@repo/ts", "exports": { "./*": "./configs/*.json" } }',
			"packages/ts/configs/strict.json": '{ "extends": "../base" }',
			"packages/ts/base.json": "{}",
			"packages/plain/package.json": '{ "name": "@repo/plain", "tsconfig": "hard.json" }',
			"packages/plain/hard.json": "{}",
			"packages/plain/index.ts": "",
			"other/types.json": "{}",
		},
		[{ name: "types", run: "tsc -p other/types.json", reports: "tsc" }],
		[
			...["build/app.json", "other/types.json", "packages/plain/hard.json"],
			...["packages/ts/base.json", "packages/ts/configs/strict.json"],
		],
	],
	[
		"not what lies outside",
		{ "vitest.config.ts": 'export default { test: { setupFiles: ["../x.ts", "/etc/passwd", "pkg"] } };' },
		[],
		[],
	],
	[
		"not a circle",
		{ "vitest.config.ts": 'import "./a.ts";', "a.ts": 'import "./b.ts";', "b.ts": 'import "./a.ts";' },
		[],
		["a.ts", "b.ts"],
	],
])("the stick is %s", async (_, files, checks, expected) => {
	const { stick, stickFolders } = await stickIn(files, checks);
	const there = [...stick].filter((path) => path in files);
	expect([...there, ...stickFolders.map((folder) => `${folder}/`)].sort()).toEqual(expected);
});

test("names that nothing has yet are of the stick where they would be found first", async () => {
	const { stick } = await stickIn({
		"vitest.config.ts": 'import "./tools/settings";\nimport "./exact.js";\nimport "./folder";',
		"tools/settings.ts": "",
		"exact.js": "",
		"folder/index.ts": "",
	});
	expect(stick).toContain("tools/settings.mjs");
	expect(stick).not.toContain("tools/settings/index.js");
	expect(stick).toContain("folder.js");
	expect([...stick].filter((path) => path.startsWith("exact"))).toEqual(["exact.js"]);
});

test("what a compiler's configuration is made of is known as such", async () => {
	const { compilers } = await stickIn({
		"tsconfig.json": '{ "extends": "./build/strict.json" }',
		"build/strict.json": "{}",
		"vitest.config.ts": 'import "./settings.json";',
		"settings.json": "{}",
	});
	expect([...compilers]).toEqual(["build/strict.json"]);
});

async function stickIn(files: Files, checks: unknown[] = []) {
	const store = await aStore(aRepository(files).dir);
	const inBase = await baseFiles(store.git, mirrored("main"));
	return await stickOf(inBase, await Places.of(inBase), GateDefinition.parse({ checks }));
}

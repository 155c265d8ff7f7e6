import { expect, test } from "vitest";
import { mirrored } from "../git/store.ts";
import { aRepository, type Files } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { GateDefinition } from "./gate-definition.ts";
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
		"not a plugin's own source that its configuration uses",
		{ "vite.config.ts": 'import plugin from "./src/index.ts";', "src/index.ts": "" },
		[],
		[],
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
	const store = await aStore(aRepository(files).dir);
	const definition = GateDefinition.parse({ checks });
	expect([...(await stickOf(store.git, mirrored("main"), definition))].sort()).toEqual(expected);
});

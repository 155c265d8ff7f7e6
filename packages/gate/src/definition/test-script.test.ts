import { expect, test } from "vitest";
import { runs, testScript } from "./test-script.ts";

test.each<[Record<string, string>, string | undefined]>([
	[{}, undefined],
	[{ test: 'echo "Error: no test specified" && exit 1' }, undefined],
	[{ test: "echo no tests yet" }, undefined],
	[{ test: "exit 0" }, undefined],
	[{ test: "echo begins && jest" }, "echo begins && jest"],
	[
		{ test: "npm run lint && npm run -s test:unit -- --bail", lint: "biome check", "test:unit": "vitest run" },
		"biome check && vitest run --bail",
	],
	[{ test: "yarn unit", unit: "pnpm inner", inner: "ava" }, "ava"],
	[{ test: "npm run a", a: "npm run test" }, "npm run test"],
	[{ test: "npm run a", a: "npm run b", b: "npm run a" }, "npm run b"],
	[{ test: "yarn jest" }, "yarn jest"],
])("what the test script of %j runs", (scripts, expected) => {
	expect(testScript(scripts)).toBe(expected);
});

test.each<[string, string, boolean]>([
	["vitest run --coverage", "vitest", true],
	["node bootstrap.mjs && vitest run", "vitest", true],
	["cross-env NODE_ENV=test ./node_modules/.bin/mocha", "mocha", true],
	["c8 mocha", "mocha", true],
	["node --test", "node --test", true],
	["node --import tsx --test", "node --test", false],
	["node test/mocha.js", "mocha", false],
	["vitest-runner", "vitest", false],
	["turbo run test && vitest run", "vitest", false],
	["run-p lint vitest", "vitest", false],
	["npm test --workspaces && vitest run", "vitest", false],
	["pnpm -r exec vitest run", "vitest", false],
])("%j runs %s: %s", (script, program, expected) => {
	expect(runs(script, program)).toBe(expected);
});

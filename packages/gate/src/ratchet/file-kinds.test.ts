import { expect, test } from "vitest";
import { fileKinds, withTests } from "./file-kinds.ts";

const { isTest, isMeasuringStick } = fileKinds();

test.each([
	"src/cart.test.ts",
	"src/cart.spec.jsx",
	"src/cart.test-d.ts",
	"src/__tests__/cart.js",
	"test/cart.mjs",
	"packages/a/tests/deep/cart.cts",
	"test.js",
	"test/fixtures/cart.test.js",
	"cart_test.ts",
	"src/__snapshots__/cart.test.ts.snap",
	".hidden/cart.test.ts",
	"SRC/CART.TEST.TS",
	"src/testing/cart.ts",
	"src/test-utils.tsx",
	"src/testUtils.ts",
	"packages/a/test-helpers/cart.ts",
	"src/mocks/handlers.ts",
	"src/cart.mock.ts",
])("%s is a test", (path) => {
	expect(isTest(path)).toBe(true);
});

test.each([
	"src/cart.ts",
	"src/latest.ts",
	"src/contest.ts",
	"src/testing.ts",
	"docs/test.md",
	"cart.test.ts.bak",
	"test/fixtures/cart.js",
])("%s is no test", (path) => {
	expect(isTest(path)).toBe(false);
});

test.each([
	"tsconfig.json",
	"packages/a/tsconfig.build.json",
	"vitest.config.mts",
	"vitest.workspace.ts",
	"vitest.setup.ts",
	"jest.config.unit.cjs",
	"src/setupTests.ts",
	"test/setup.ts",
	"test/global-setup.ts",
	".mocharc.yml",
	".mocharc",
	"ava.config.js",
	"playwright.config.ts",
	".babelrc",
	".swcrc",
	"package.json",
	"apps/web/package.json",
	"package-lock.json",
	"pnpm-lock.yaml",
	"yarn.lock",
	"bun.lock",
	".npmrc",
	".yarnrc.yml",
	"pnpm-workspace.yaml",
	".pnpmfile.cjs",
	"eslint.config.mjs",
	".eslintrc.json",
	"biome.json",
	".shopfloor/gate.json",
	"shopfloor.config.json",
	".github/workflows/ci.yml",
	".gitlab-ci.yml",
	".husky/pre-commit",
	"lefthook.yml",
	".githooks/pre-push",
	".gitattributes",
	".gitmodules",
	".nvmrc",
	".node-version",
	"postcss.config.cjs",
	".postcssrc.json",
	"svelte.config.js",
	"packages/a/tailwind.config.ts",
	"vitest.shared.ts",
	"whatever.config.mts",
	".whateverrc.yaml",
	"gulpfile.js",
])("%s decides how others are measured", (path) => {
	expect(isMeasuringStick(path)).toBe(true);
});

test.each([
	...["src/config.ts", "src/setup.ts", "src/packages.json", "docs/tsconfig.md", "src/cart.test.ts"],
	...["test/fixtures/app.config.ts", "src/cart.config.test.ts"],
])("%s does not", (path) => {
	expect(isMeasuringStick(path)).toBe(false);
});

test.each<[string, boolean]>([
	["src/cart.ts", true],
	["readme.md", true],
	["src/testing.ts", true],
	["src/cart.test.ts", false],
	["test/helpers.ts", false],
	["test/fixtures/cart.js", false],
	["src/fixtures/cart.json", false],
	["src/testdata/cart.txt", false],
	["vitest.config.ts", false],
])("whether %s is product: %s", (path, isProduct) => {
	expect(fileKinds().isProduct(path)).toBe(isProduct);
});

test("what is known of single files goes beyond their names", () => {
	const kinds = fileKinds(
		{},
		{
			stick: new Set(["tools/a.ts"]),
			stickFolders: ["packages/config"],
			tests: new Set(["checks/a.ts"]),
			both: new Set(["src/a.ts"]),
			product: new Set(["src/app.config.ts", "vite.config.ts"]),
			compilers: new Set(["build/strict.json"]),
		},
	);
	expect(["tools/a.ts", "packages/config/new.ts", "packages/config2/a.ts"].map(kinds.isMeasuringStick)).toEqual([
		...[true, true, false],
	]);
	expect(["checks/a.ts", "src/a.ts"].map(kinds.isTest)).toEqual([true, true]);
	expect(["checks/a.ts", "src/a.ts", "src/app.config.ts", "vite.config.ts"].map(kinds.isProduct)).toEqual([
		...[false, true, true, false],
	]);
	expect(["build/strict.json", "tsconfig.json", "build/a.json"].map(kinds.isCompilerConfiguration)).toEqual([
		...[true, true, false],
	]);
});

test("what was run is a test, and what measures stays what it is", () => {
	const kinds = withTests(fileKinds(), new Set(["checks/a.ts", "vitest.config.ts"]));
	expect([kinds.isTest("checks/a.ts"), kinds.isProduct("checks/a.ts")]).toEqual([true, false]);
	expect([kinds.isTest("vitest.config.ts"), kinds.isMeasuringStick("vitest.config.ts")]).toEqual([false, true]);
});

test("globs of the base add to the usual ones", () => {
	const kinds = fileKinds({ tests: ["checks/**"], measuringStick: ["fixtures/golden/**"] });
	expect(kinds.isTest("checks/cart.ts")).toBe(true);
	expect(kinds.isTest("src/cart.test.ts")).toBe(true);
	expect(kinds.isMeasuringStick("fixtures/golden/a.json")).toBe(true);
});

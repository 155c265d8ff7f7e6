import { expect, test } from "vitest";
import { fileKinds } from "./file-kinds.ts";

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
])("%s decides how others are measured", (path) => {
	expect(isMeasuringStick(path)).toBe(true);
});

test.each(["src/config.ts", "src/setup.ts", "src/packages.json", "docs/tsconfig.md", "src/cart.test.ts"])(
	"%s does not",
	(path) => {
		expect(isMeasuringStick(path)).toBe(false);
	},
);

test("globs of the base add to the usual ones", () => {
	const kinds = fileKinds({ tests: ["checks/**"], measuringStick: ["fixtures/golden/**"] });
	expect(kinds.isTest("checks/cart.ts")).toBe(true);
	expect(kinds.isTest("src/cart.test.ts")).toBe(true);
	expect(kinds.isMeasuringStick("fixtures/golden/a.json")).toBe(true);
});

/** Which files are tests, and which decide how others are measured: by globs of the base, with a default for either. */
import picomatch from "picomatch";
import type { FileKinds } from "./rule.ts";

export interface FileGlobs {
	/** Beside the usual ones. */
	readonly tests?: readonly string[];
	readonly measuringStick?: readonly string[];
}

/** `further` are files that the base's configuration names (`stickOf`). */
export function fileKinds(
	{ tests = [], measuringStick = [] }: FileGlobs = {},
	further: ReadonlySet<string> = new Set(),
): FileKinds {
	const isTest = anyOf([...usualTests, ...tests]);
	const isFixture = anyOf(usualFixtures);
	const isNamedTest = anyOf([...namedTests, ...tests]);
	const isCalledSo = anyOf([...usualMeasuringStick, ...measuringStick]);
	const isMeasuringStick = (path: string) => isCalledSo(path) || further.has(path);
	return {
		isTest: (path) => isTest(path) && !isMeasuringStick(path) && (!isFixture(path) || isNamedTest(path)),
		isMeasuringStick,
	};
}

/** Also names that begin with a dot, and whatever letters are large: some file systems do not tell them apart. */
export function anyOf(globs: readonly string[]): (path: string) => boolean {
	const matches = picomatch([...globs], { dot: true, nocase: true });
	return (path) => matches(path);
}

const namedTests = [
	"**/*.{test,spec,tests,specs,e2e,cy,test-d,bench}.{js,jsx,ts,tsx,mjs,cjs,mts,cts}",
	"**/*_{test,spec}.{js,jsx,ts,tsx,mjs,cjs,mts,cts}",
	"**/*-{test,spec}.{js,jsx,ts,tsx,mjs,cjs,mts,cts}",
	"**/{test,spec}.{js,jsx,ts,tsx,mjs,cjs,mts,cts}",
];
const usualTests = [
	...namedTests,
	"**/{__tests__,__test__,__mocks__,__fixtures__,test,tests,spec,specs,e2e,cypress}/**",
	"**/*.snap",
	"**/__snapshots__/**",
];

/** What tests read: nobody runs it, whatever it looks like. */
const usualFixtures = ["**/{fixtures,fixture,__fixtures__,testdata,test-data}/**"];

/** A runner reads these before any test; a manager reads them before anything is installed. */
const usualMeasuringStick = [
	"**/tsconfig*.json",
	"**/jsconfig*.json",
	"**/*.tsconfig.json",
	"**/{vitest,vite,jest,mocha,ava,playwright,cypress,karma,wtr,web-test-runner,babel,swc,tap,c8,nyc,stryker,wdio}.{config,workspace,conf}*.{js,ts,mjs,cjs,mts,cts,json}",
	"**/{vitest,jest,vite,playwright}.*.{config,workspace}.{js,ts,mjs,cjs,mts,cts}",
	"**/{vitest,jest,vite}.config.*.{js,ts,mjs,cjs,mts,cts}",
	"**/{vitest,jest}.{setup,workspace,projects,global-setup}*.{js,ts,mjs,cjs,mts,cts,json}",
	"**/{jest-preset,jest-setup,vitest-setup,test-setup,setup-tests,setupTests,setup-jest,setup-vitest,setupJest,setupVitest}.{js,jsx,ts,tsx,mjs,cjs,mts,cts,json}",
	"**/{test,tests,__tests__,spec,e2e}/{setup,global-setup,globalSetup,global-teardown,globalTeardown,bootstrap}.{js,ts,mjs,cjs,mts,cts}",
	"**/{setup,global-setup,globalSetup}.{test,tests,vitest,jest}.{js,ts,mjs,cjs,mts,cts}",
	"**/.{mocharc,babelrc,swcrc,c8rc,nycrc,taprc}{,.*}",
	"**/{eslint,biome,oxlint,prettier,stylelint,commitlint,knip,dependency-cruiser,.dependency-cruiser}{,.config}.{js,ts,mjs,cjs,mts,cts,json,jsonc}",
	"**/.{eslintrc,eslintignore,prettierrc,prettierignore,oxlintrc}{,.*}",
	"**/package.json",
	"**/{package-lock.json,npm-shrinkwrap.json,pnpm-lock.yaml,yarn.lock,bun.lock,bun.lockb,deno.lock}",
	"**/.npmrc",
	"**/.yarnrc{,.yml}",
	"**/.yarn/**",
	"**/pnpm-workspace.yaml",
	"**/.pnpmfile.{cjs,mjs}",
	"**/bunfig.toml",
	"**/{deno.json,deno.jsonc}",
	"**/{turbo,nx,lerna,rush,wireit}.json",
	"**/.{nvmrc,node-version,tool-versions}",
	"**/{mise.toml,.mise.toml,volta.json}",
	"**/.gitattributes",
	".gitmodules",
	"**/{Makefile,justfile,Justfile,Taskfile.yml}",
	"shopfloor.config.*",
	".shopfloor/**",
	".github/**",
	".gitlab-ci.yml",
	".gitlab/**",
	".circleci/**",
	".buildkite/**",
	".travis.yml",
	"azure-pipelines*.yml",
	"bitbucket-pipelines.yml",
	"Jenkinsfile",
	".husky/**",
	".githooks/**",
	"{lefthook,.lefthook}*.{yml,yaml,json,toml}",
	".pre-commit-config.yaml",
	"**/patches/*.patch",
];

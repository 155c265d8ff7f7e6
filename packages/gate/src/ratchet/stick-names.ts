/** What files are called that decide how others are measured. */
import { posix } from "node:path";
import { anyOf } from "./any-of.ts";
import { fixtureFolders } from "./test-names.ts";

/** A runner reads these before any test; a manager reads them before anything is installed. */
export const usualMeasuringStick: readonly string[] = [
	"**/tsconfig*.json",
	"**/jsconfig*.json",
	"**/*.tsconfig.json",
	"**/{vitest,vite,jest,mocha,ava,playwright,cypress,karma,wtr,web-test-runner,babel,swc,tap,c8,nyc,stryker,wdio}.{config,workspace,conf}*.{js,ts,mjs,cjs,mts,cts,json}",
	"**/{vitest,jest,vite,playwright}.*.{config,workspace}.{js,ts,mjs,cjs,mts,cts}",
	"**/{vitest,vite,jest,playwright}.{shared,base,common}*.{js,ts,mjs,cjs,mts,cts,json}",
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
	"**/moon.{yml,yaml}",
	".moon/**",
	"**/{gulpfile,Gruntfile,Jakefile}{,.*}.{js,ts,mjs,cjs,mts,cts}",
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

/** Vite and what it loads read these at their start, in the process that reports: whoever writes one decides the report. */
export const loadedByRunners: readonly string[] = [
	"**/{postcss,tailwind,uno,unocss,windi,panda,svelte,astro,nuxt,nitro,remix,react-router,vue,quasar,solid,qwik,analog,lightningcss,browserslist,vitepress,histoire,storybook}.config.{js,cjs,mjs,ts,cts,mts,json}",
	"**/.{postcss,lintstaged,browserslist,stylelint,eslint,mocha,nyc,c8,tap,babel,swc}rc{,.*}",
];

/**
 * Called like the configuration of some tool. Nobody can list all that a runner's plugins read, so all of it counts, but
 * for what stands among the fixtures: there it is an example.
 */
export function isGenericConfiguration(path: string): boolean {
	return isGeneric(path) && !isFixture(path);
}

const isGeneric = anyOf([
	"**/*.config.{js,cjs,mjs,ts,cts,mts,json}",
	"**/.*rc{,.json,.js,.cjs,.mjs,.ts,.cts,.mts,.yaml,.yml}",
]);
const isFixture = anyOf(fixtureFolders);

/** Whose configuration it is, by its name: `x.config.ts` and `.xrc` are of `x`. */
export function toolOf(path: string): string {
	const name = posix.basename(path).toLowerCase();
	return /^(.+)\.config\.\w+$/.exec(name)?.[1] ?? /^\.(.+)rc(\.\w+)?$/.exec(name)?.[1] ?? "";
}

/**
 * Configuration of programs that run tests or look at code. What these import runs in the very process that tells the
 * result, wherever it lies.
 */
export const isRunnerConfiguration = anyOf([
	"**/{vitest,vite,jest,mocha,ava,playwright,cypress,karma,wtr,web-test-runner,babel,swc,tap,c8,nyc,stryker,wdio}.{config,workspace,conf,shared,base,projects}*.*",
	"**/{vitest,vite,jest,playwright}.*.{config,workspace}.*",
	"**/{jest-preset,eslint,oxlint,biome,stylelint}{,.config}.*",
	"**/.{mocha,eslint,stylelint}rc{,.*}",
	...loadedByRunners,
]);

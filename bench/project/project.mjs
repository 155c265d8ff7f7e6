/**
 * A repository of TypeScript as there are many: a shop of some dozen things in layers that import each other, strict
 * types, generics, and tests that go through several modules each. The same for the same seed.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { baseFiles } from "./base-files.mjs";
import { randomOf } from "./random.mjs";
import { thingFiles } from "./thing-files.mjs";

const names =
	"account address batch bin brand budget carrier cart claim clerk contract coupon course credit customer dealer deposit dock driver fee filter gift grant invoice label lease ledger locker margin market meter notice offer order parcel partner patron pledge policy quota rack rebate receipt refund region route sample season seller shelf".split(
		" ",
	);
const states = [
	["draft", "open", "closed"],
	["planned", "active", "done"],
	["asked", "granted", "used"],
	["fresh", "shown", "gone"],
];

// Compiler, runner and bundler are those of this repository: what is newest changes from day to day.
const fromVitest = createRequire(createRequire(import.meta.url).resolve("vitest/package.json"));
const { version: viteVersion } = fromVitest("vite/package.json");
const tools = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).devDependencies;

export function projectFiles({ seed = 1, things = 48, lockfile }) {
	const random = randomOf(seed);
	const files = { ...baseFiles };
	const known = names.slice(0, things);
	for (const [index, name] of known.entries()) {
		// A few stand alone; the others form chains that are some modules long.
		const owner =
			index === 0 || random.next() < 0.2 ? undefined : known[random.whole(Math.max(0, index - 8), index - 1)];
		const limits = {
			count: random.whole(200, 900),
			name: random.whole(20, 60),
			discountFrom: random.whole(10, 50),
			percent: random.whole(1, 20),
		};
		Object.assign(files, thingFiles({ name, owner, limits, states: random.pick(states) }));
	}
	for (let at = 0; at + reportOf <= known.length; at += reportOf)
		Object.assign(files, report(at / reportOf + 1, known.slice(at, at + reportOf)));
	return {
		...files,
		"README.md": "# Shop\n\nThings of a shop, in layers: base, model, rules, store, service, view, report.\n",
		"docs/layers.md": "# Layers\n\nA module imports from its own layer and from those below.\n",
		".gitignore": "node_modules/\ndist/\n",
		"package.json": `${JSON.stringify(manifest, undefined, 2)}\n`,
		"package-lock.json": lockfile,
		// Modules keep nothing between tests: one process for all of them, as projects do whose tests are to be quick.
		"vitest.config.mts": "export default { test: { isolate: false } };\n",
		"tsconfig.json": `${JSON.stringify(tsconfig, undefined, 2)}\n`,
	};
}

/** Things in one report. */
const reportOf = 8;

function report(number, things) {
	const title = (name) => name[0].toUpperCase() + name.slice(1);
	const text = [
		'import { type Money, sumOf } from "../base/money.ts";',
		'import { shown } from "../base/money.ts";',
		...things.map((name) => `import { ${title(name)}Service } from "../service/${name}.ts";`),
		"",
		"export interface Report {",
		...things.map((name) => `\treadonly ${name}s: ${title(name)}Service;`),
		"}",
		"",
		"export function emptyReport(): Report {",
		`\treturn { ${things.map((name) => `${name}s: new ${title(name)}Service()`).join(", ")} };`,
		"}",
		"",
		"export function worthOf(report: Report): Money {",
		"\treturn sumOf(Object.values(report).map((service) => service.worth()));",
		"}",
		"",
		"export function summary(report: Report): string {",
		'\treturn "in all " + shown(worthOf(report));',
		"}",
		"",
	].join("\n");
	const test = [
		'import { expect, test } from "vitest";',
		'import { money } from "../base/money.ts";',
		`import { emptyReport, summary, worthOf } from "./report-${number}.ts";`,
		"",
		'test("what all services hold is added up", () => {',
		"\tconst report = emptyReport();",
		...things.map((name, index) => `\treport.${name}s.add({ price: money(${100 * (index + 1)}) });`),
		`\texpect(worthOf(report)).toEqual(money(${(things.length * (things.length + 1) * 100) / 2}));`,
		`\texpect(summary(report)).toBe("in all ${((things.length * (things.length + 1)) / 2).toFixed(2)} EUR");`,
		"});",
		"",
	].join("\n");
	return { [`src/report/report-${number}.ts`]: text, [`src/report/report-${number}.test.ts`]: test };
}

export const manifest = {
	name: "shop",
	version: "1.0.0",
	private: true,
	type: "module",
	scripts: { test: "vitest run", types: "tsc --noEmit" },
	devDependencies: { typescript: tools.typescript, vite: viteVersion, vitest: tools.vitest },
};

const tsconfig = {
	compilerOptions: {
		target: "es2022",
		module: "preserve",
		moduleResolution: "bundler",
		lib: ["es2023"],
		types: [],
		strict: true,
		noUncheckedIndexedAccess: true,
		exactOptionalPropertyTypes: true,
		noImplicitOverride: true,
		verbatimModuleSyntax: true,
		allowImportingTsExtensions: true,
		skipLibCheck: true,
		noEmit: true,
	},
	include: ["src"],
};

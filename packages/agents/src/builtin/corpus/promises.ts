import type { Fault } from "./fault.ts";

const load = 'async function load(): Promise<{ name: string; ok: boolean }> {\n\treturn { name: "x", ok: false };\n}\n';

export const promises: readonly Fault[] = [
	{
		name: "a property is read of a promise",
		files: {
			"src/a.ts": `${load}\nexport async function nameOf(): Promise<string> {\n\tconst user = load();\n\treturn user.name;\n}\n`,
		},
		expect: {
			by: "addMissingAwaitToInitializer",
			fixed: {
				"src/a.ts": `${load}\nexport async function nameOf(): Promise<string> {\n\tconst user = await load();\n\treturn user.name;\n}\n`,
			},
			behaves: async ({ nameOf }) => (await nameOf()) === "x",
		},
	},
	{
		name: "a property is read of a call that gives a promise",
		files: {
			"src/a.ts": `${load}\nexport async function nameOf(): Promise<string> {\n\treturn load().name;\n}\n`,
		},
		expect: {
			by: "addMissingAwait",
			fixed: {
				"src/a.ts": `${load}\nexport async function nameOf(): Promise<string> {\n\treturn (await load()).name;\n}\n`,
			},
			behaves: async ({ nameOf }) => (await nameOf()) === "x",
		},
	},
	{
		name: "a promise is a condition",
		files: {
			"src/a.ts":
				'async function isReady(): Promise<boolean> {\n\treturn false;\n}\n\nexport async function state(): Promise<string> {\n\tif (isReady()) return "ready";\n\treturn "not yet";\n}\n',
		},
		expect: {
			by: "addMissingAwait",
			fixed: {
				"src/a.ts":
					'async function isReady(): Promise<boolean> {\n\treturn false;\n}\n\nexport async function state(): Promise<string> {\n\tif (await isReady()) return "ready";\n\treturn "not yet";\n}\n',
			},
			behaves: async ({ state }) => (await state()) === "not yet",
		},
	},
	{
		name: "a promise is counted with",
		files: {
			"src/a.ts":
				"async function one(): Promise<number> {\n\treturn 1;\n}\n\nexport async function two(): Promise<number> {\n\treturn one() + 1;\n}\n",
		},
		expect: {
			by: "addMissingAwait",
			fixed: {
				"src/a.ts":
					"async function one(): Promise<number> {\n\treturn 1;\n}\n\nexport async function two(): Promise<number> {\n\treturn await one() + 1;\n}\n",
			},
			behaves: async ({ two }) => (await two()) === 2,
		},
	},
	{
		name: "a property is read of a promise where nobody can wait",
		files: { "src/a.ts": `${load}\nexport function nameOf(): string {\n\treturn load().name;\n}\n` },
		expect: { left: "in a function that cannot wait" },
	},
	{
		name: "a function waits, and its type is a promise already",
		files: {
			"src/a.ts": `${load}\nexport function nameOf(): Promise<string> {\n\treturn (await load()).name;\n}\n`,
		},
		expect: {
			by: "fixAwaitInSyncFunction",
			fixed: {
				"src/a.ts": `${load}\nexport async function nameOf(): Promise<string> {\n\treturn (await load()).name;\n}\n`,
			},
			behaves: async ({ nameOf }) => (await nameOf()) === "x",
		},
	},
	{
		name: "a function waits, and its callers do not",
		files: {
			"src/a.ts": `${load}\nlet done = false;\n\nfunction run() {\n\tawait load();\n\tdone = true;\n}\n\nexport function start(): boolean {\n\trun();\n\treturn done;\n}\n`,
		},
		expect: { left: "its callers do not wait for it" },
	},
	{
		name: "a callback waits, and whoever calls it does not",
		files: {
			"src/a.ts": `${load}\nexport function all(names: readonly string[]): void {\n\tnames.forEach((_name) => {\n\t\tawait load();\n\t});\n}\n`,
		},
		expect: { left: "nobody knows whether" },
	},
	{
		name: "an async function does not say that it gives a promise",
		files: {
			"src/a.ts": "export async function one(): number {\n\treturn 1;\n}\n",
		},
		expect: {
			by: "fixReturnTypeInAsyncFunction",
			fixed: { "src/a.ts": "export async function one(): Promise<number> {\n\treturn 1;\n}\n" },
			behaves: async ({ one }) => (await one()) === 1,
		},
	},
	{
		name: "a promise of nothing does not say so",
		files: {
			"src/a.ts":
				"export function soon(): Promise<void> {\n\tconst made = new Promise((resolve) => {\n\t\tresolve();\n\t});\n\treturn made.then(() => undefined);\n}\n",
		},
		expect: {
			by: "addVoidToPromise",
			fixed: {
				"src/a.ts":
					"export function soon(): Promise<void> {\n\tconst made = new Promise<void>((resolve) => {\n\t\tresolve();\n\t});\n\treturn made.then(() => undefined);\n}\n",
			},
			behaves: async ({ soon }) => (await soon()) === undefined,
		},
	},
	{
		name: "a test waits for a function that does not wait for what it starts",
		files: {
			"src/a.ts":
				"const log: string[] = [];\n\nasync function write(line: string): Promise<void> {\n\tawait Promise.resolve();\n\tlog.push(line);\n}\n\nexport async function save(line: string): Promise<number> {\n\twrite(line);\n\treturn log.length;\n}\n",
			"src/a.test.ts":
				'import { expect, test } from "vitest";\nimport { save } from "./a.js";\n\ntest("a saved line is there", async () => {\n\texpect(await save("x")).toBe(1);\n});\n',
		},
		facts: {
			tests: [
				{ file: "src/a.test.ts", name: "a saved line is there", message: "expected +0 to be 1 // Object.is equality" },
			],
		},
		expect: {
			by: "floating-promise",
			fixed: {
				"src/a.ts":
					"const log: string[] = [];\n\nasync function write(line: string): Promise<void> {\n\tawait Promise.resolve();\n\tlog.push(line);\n}\n\nexport async function save(line: string): Promise<number> {\n\tawait write(line);\n\treturn log.length;\n}\n",
			},
			behaves: async ({ save }) => (await save("x")) === 1,
		},
	},
	{
		name: "a comment says why nobody waits",
		files: {
			"src/a.ts":
				"const log: string[] = [];\n\nasync function write(line: string): Promise<void> {\n\tawait Promise.resolve();\n\tlog.push(line);\n}\n\nexport async function save(line: string): Promise<number> {\n\twrite(line); // in the background\n\treturn log.length;\n}\n",
			"src/a.test.ts":
				'import { expect, test } from "vitest";\nimport { save } from "./a.js";\n\ntest("a saved line is there", async () => {\n\texpect(await save("x")).toBe(1);\n});\n',
		},
		facts: {
			tests: [
				{ file: "src/a.test.ts", name: "a saved line is there", message: "expected +0 to be 1 // Object.is equality" },
			],
		},
		expect: { left: "no safe way is known from save" },
	},
	{
		name: "a promise floats in a function whose test fails for another reason",
		files: {
			"src/a.ts":
				"async function report(): Promise<void> {}\n\nexport async function add(a: number, b: number): Promise<number> {\n\treport();\n\treturn a - b;\n}\n",
			"src/a.test.ts":
				'import { expect, test } from "vitest";\nimport { add } from "./a.js";\n\ntest("adds", async () => {\n\texpect(await add(1, 2)).toBe(3);\n});\n',
		},
		facts: { tests: [{ file: "src/a.test.ts", name: "adds", message: "expected -1 to be 3 // Object.is equality" }] },
		expect: { left: "no safe way is known from add" },
	},
	{
		name: "a linter says that a promise floats",
		files: {
			"src/a.ts":
				"async function write(): Promise<void> {}\n\nexport async function save(): Promise<void> {\n\twrite();\n}\n",
		},
		facts: {
			errors: [{ file: "src/a.ts", line: 4, code: "lint/nursery/noFloatingPromises", message: "A promise floats." }],
		},
		expect: {
			by: "floating-promise",
			fixed: {
				"src/a.ts":
					"async function write(): Promise<void> {}\n\nexport async function save(): Promise<void> {\n\tawait write();\n}\n",
			},
		},
	},
	{
		name: "a linter says that a promise floats where nobody can wait",
		files: {
			"src/a.ts": "async function write(): Promise<void> {}\n\nexport function save(): void {\n\twrite();\n}\n",
		},
		facts: {
			errors: [{ file: "src/a.ts", line: 4, code: "lint/nursery/noFloatingPromises", message: "A promise floats." }],
		},
		expect: { left: "no safe way is known" },
	},
	{
		name: "a promise that floats, and no test that minds",
		files: {
			"src/a.ts":
				"async function write(): Promise<void> {}\n\nexport async function save(): Promise<void> {\n\twrite();\n}\n",
		},
		expect: { left: "it found nothing to mend" },
	},
];

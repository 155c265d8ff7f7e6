import type { Fault } from "./fault.ts";

const lib = "export const one = 1;\nexport const two = 2;\nexport default 3;\n";

export const unused: readonly Fault[] = [
	{
		name: "an import is not used",
		files: { "src/a.ts": 'import { one } from "./b.js";\n\nexport const a = 1;\n', "src/b.ts": lib },
		expect: { by: "unused-import", fixed: { "src/a.ts": "\nexport const a = 1;\n" }, behaves: ({ a }) => a === 1 },
	},
	{
		name: "the first of two imported names is not used",
		files: { "src/a.ts": 'import { one, two } from "./b.js";\n\nexport const a = two;\n', "src/b.ts": lib },
		expect: {
			by: "unused-import",
			fixed: { "src/a.ts": 'import { two } from "./b.js";\n\nexport const a = two;\n' },
			behaves: ({ a }) => a === 2,
		},
	},
	{
		name: "the last of two imported names is not used",
		files: { "src/a.ts": 'import { one, two } from "./b.js";\n\nexport const a = one;\n', "src/b.ts": lib },
		expect: {
			by: "unused-import",
			fixed: { "src/a.ts": 'import { one } from "./b.js";\n\nexport const a = one;\n' },
			behaves: ({ a }) => a === 1,
		},
	},
	{
		name: "the default of an import is not used",
		files: { "src/a.ts": 'import three, { one } from "./b.js";\n\nexport const a = one;\n', "src/b.ts": lib },
		expect: {
			by: "unused-import",
			fixed: { "src/a.ts": 'import { one } from "./b.js";\n\nexport const a = one;\n' },
			behaves: ({ a }) => a === 1,
		},
	},
	{
		name: "the named part of an import is not used",
		files: { "src/a.ts": 'import three, { one } from "./b.js";\n\nexport const a = three;\n', "src/b.ts": lib },
		expect: {
			by: "unused-import",
			fixed: { "src/a.ts": 'import three from "./b.js";\n\nexport const a = three;\n' },
			behaves: ({ a }) => a === 3,
		},
	},
	{
		name: "no name of an import is used",
		files: { "src/a.ts": 'import { one, two } from "./b.js";\n\nexport const a = 1;\n', "src/b.ts": lib },
		expect: { by: "unused-import", fixed: { "src/a.ts": "\nexport const a = 1;\n" } },
	},
	{
		name: "an unused import of a module that does something stays loaded",
		files: {
			"src/a.ts":
				'import { ready } from "./setup.js";\n\nexport const a = (globalThis as { ready?: boolean }).ready;\n',
			"src/setup.ts": "export const ready = true;\n\nObject.assign(globalThis, { ready });\n",
		},
		options: { verbatimModuleSyntax: true },
		expect: {
			by: "unused-import",
			fixed: { "src/a.ts": 'import "./setup.js";\n\nexport const a = (globalThis as { ready?: boolean }).ready;\n' },
			behaves: ({ a }) => a === true,
		},
	},
	{
		name: "an unused import of a module that only declares goes altogether",
		files: {
			"src/a.ts": 'import { one } from "./b.js";\n\nexport const a = 1;\n',
			"src/b.ts": "export const one = 1;\nexport function two(): number {\n\treturn 2;\n}\n",
		},
		options: { verbatimModuleSyntax: true },
		expect: { by: "unused-import", fixed: { "src/a.ts": "\nexport const a = 1;\n" } },
	},
	{
		name: "a constant is not used",
		files: { "src/a.ts": "const half = 0.5;\n\nexport const a = 1;\n" },
		expect: { by: "unused-local", fixed: { "src/a.ts": "\nexport const a = 1;\n" } },
	},
	{
		name: "what a call gives is not used, and the call does something",
		files: {
			"src/a.ts":
				'export const log: string[] = [];\n\nexport function run(): void {\n\tconst length = log.push("ran");\n}\n',
		},
		expect: {
			by: "unused-local",
			fixed: {
				"src/a.ts": 'export const log: string[] = [];\n\nexport function run(): void {\n\tlog.push("ran");\n}\n',
			},
			behaves: ({ run, log }) => {
				run();
				return log.length === 1;
			},
		},
	},
	{
		name: "what a property gives is not used, and reading it may do something",
		files: {
			"src/a.ts": "export function run(box: { get size(): number }): void {\n\tconst size = box.size;\n}\n",
		},
		expect: { left: "getting its value may do something" },
	},
	{
		name: "an inner function is not used",
		files: { "src/a.ts": "/** Adds. */\nfunction add(a: number): number {\n\treturn a;\n}\n\nexport const a = 1;\n" },
		expect: { by: "unused-local", fixed: { "src/a.ts": "\nexport const a = 1;\n" } },
	},
	{
		name: "an inner type is not used",
		files: { "src/a.ts": "interface Box {\n\tsize: number;\n}\n\nexport const a = 1;\n" },
		expect: { by: "unused-local", fixed: { "src/a.ts": "\nexport const a = 1;\n" } },
	},
	{
		name: "an inner class is not used, and may do something when it is declared",
		files: { "src/a.ts": "class Box {\n\tstatic {\n\t\tObject.freeze(Box);\n\t}\n}\n\nexport const a = 1;\n" },
		expect: { left: "may do something when it is declared" },
	},
	{
		name: "a variable is written and never read",
		files: {
			"src/a.ts":
				"export function run(list: readonly number[]): void {\n\tlet last = 0;\n\tfor (const each of list) last = each;\n}\n",
		},
		expect: { left: "would bring" },
	},
	{
		name: "a part of a pattern is not used",
		files: {
			"src/a.ts":
				"export function area(box: { width: number; height: number; name: string }): number {\n\tconst { width, name, height } = box;\n\treturn width * height;\n}\n",
		},
		expect: {
			by: "unused-local",
			fixed: {
				"src/a.ts":
					"export function area(box: { width: number; height: number; name: string }): number {\n\tconst { width, height } = box;\n\treturn width * height;\n}\n",
			},
			behaves: ({ area }) => area({ width: 2, height: 3 }) === 6,
		},
	},
	{
		name: "the first of a list is not used",
		files: {
			"src/a.ts":
				"export function second(pair: readonly [string, number]): number {\n\tconst [name, value] = pair;\n\treturn value;\n}\n",
		},
		expect: {
			by: "unused-local",
			fixed: {
				"src/a.ts":
					"export function second(pair: readonly [string, number]): number {\n\tconst [, value] = pair;\n\treturn value;\n}\n",
			},
			behaves: ({ second }) => second(["a", 1]) === 1,
		},
	},
	{
		name: "a parameter of an exported function is not used",
		files: { "src/a.ts": "export function pick(first: number, second: number): number {\n\treturn second;\n}\n" },
		expect: {
			by: "unused-parameter",
			fixed: { "src/a.ts": "export function pick(_first: number, second: number): number {\n\treturn second;\n}\n" },
			behaves: ({ pick }) => pick(1, 2) === 2,
		},
	},
	{
		name: "a parameter of a callback is not used",
		files: { "src/a.ts": "export const a: number[] = [5].map((value, index) => index);\n" },
		expect: {
			by: "unused-parameter",
			fixed: { "src/a.ts": "export const a: number[] = [5].map((_value, index) => index);\n" },
			behaves: ({ a }) => a[0] === 0,
		},
	},
	{
		name: "a parameter is not used, and the name with a dash is taken",
		files: {
			"src/a.ts": "const _key = 1;\n\nexport function one(key: string): number {\n\treturn _key;\n}\n",
		},
		expect: { left: "is the name of something else" },
	},
	{
		name: "a private field is not used",
		files: { "src/a.ts": "export class Box {\n\tprivate size = 1;\n}\n" },
		expect: { left: "no safe way is known" },
	},
	{
		name: "code stands behind a throw",
		files: { "src/a.ts": 'export function fail(): number {\n\tthrow new Error("no");\n\treturn 1;\n}\n' },
		expect: {
			by: "fixUnreachableCode",
			fixed: { "src/a.ts": 'export function fail(): number {\n\tthrow new Error("no");\n}\n' },
		},
	},
	{
		name: "a value stands on the line after return",
		files: { "src/a.ts": "export function answer() {\n\treturn\n\t42;\n}\n" },
		expect: { left: "the value may be meant" },
	},
	{
		name: "a constant looks unused, because the place that means it is mistyped",
		files: { "src/a.ts": "export function tax(): number {\n\tconst rate = 0.2;\n\treturn rtae * 100;\n}\n" },
		expect: { left: "it may be meant by a name in the file that is not known" },
	},
	{
		name: "an import looks unused, because the place that means it is mistyped",
		files: { "src/a.ts": 'import { one } from "./b.js";\n\nexport const a: number = on;\n', "src/b.ts": lib },
		expect: { left: "it may be meant by a name in the file that is not known" },
	},
	{
		name: "a parameter looks unused, because the place that means it is mistyped",
		files: { "src/a.ts": "export function double(sum: number): number {\n\treturn smu * 2;\n}\n" },
		expect: { left: "it may be meant by a name in the file that is not known" },
	},
];

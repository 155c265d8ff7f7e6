import type { Fault } from "./fault.ts";

export const imports: readonly Fault[] = [
	{
		name: "a relative import lacks its ending",
		files: {
			"src/a.ts": 'import { b } from "./b";\n\nexport const a: number = b + 1;\n',
			"src/b.ts": "export const b = 1;\n",
		},
		expect: {
			by: "file-ending",
			fixed: { "src/a.ts": 'import { b } from "./b.js";\n\nexport const a: number = b + 1;\n' },
			behaves: ({ a }) => a === 2,
		},
	},
	{
		name: "a relative import lacks its ending where sources are imported as sources",
		files: {
			"src/a.ts": 'import { b } from "./b";\n\nexport const a: number = b + 1;\n',
			"src/b.ts": "export const b = 1;\n",
		},
		options: { allowImportingTsExtensions: true },
		expect: {
			by: "file-ending",
			fixed: { "src/a.ts": 'import { b } from "./b.ts";\n\nexport const a: number = b + 1;\n' },
		},
	},
	{
		name: "an import names a folder",
		files: {
			"src/a.ts": "import { b } from './lib';\n\nexport const a: number = b;\n",
			"src/lib/index.ts": "export const b = 1;\n",
		},
		expect: {
			by: "file-ending",
			fixed: { "src/a.ts": "import { b } from './lib/index.js';\n\nexport const a: number = b;\n" },
			behaves: ({ a }) => a === 1,
		},
	},
	{
		name: "an import names a folder beside a file of the same name",
		files: {
			"src/a.ts": 'export { b } from "./lib";\n',
			"src/lib.ts": "export const b = 1;\n",
			"src/lib/index.ts": "export const b = 2;\n",
		},
		expect: { left: "no file of the project is plainly the one" },
	},
	{
		name: "an import ends in .ts, which may be how the program is run",
		files: {
			"src/a.ts": 'import { b } from "./b.ts";\n\nexport const a: number = b;\n',
			"src/b.ts": "export const b = 1;\n",
		},
		expect: { left: "no safe way is known" },
	},
	{
		name: "a dynamic import lacks its ending",
		files: {
			"src/a.ts": 'export async function a(): Promise<number> {\n\treturn (await import("./b")).b;\n}\n',
			"src/b.ts": "export const b = 1;\n",
		},
		expect: {
			by: "file-ending",
			fixed: { "src/a.ts": 'export async function a(): Promise<number> {\n\treturn (await import("./b.js")).b;\n}\n' },
			behaves: async ({ a }) => (await a()) === 1,
		},
	},
	{
		name: "an import of a file that is nowhere",
		files: { "src/a.ts": 'import { b } from "./gone";\n\nexport const a: number = b;\n' },
		expect: { left: "no file of the project is plainly the one" },
	},
	{
		name: "a function of another file is used without an import",
		files: {
			"src/a.ts": "export const a: number = double(2);\n",
			"src/double.ts": "export function double(n: number): number {\n\treturn n * 2;\n}\n",
		},
		expect: {
			by: "import",
			fixed: { "src/a.ts": 'import { double } from "./double.js";\n\nexport const a: number = double(2);\n' },
			behaves: ({ a }) => a === 4,
		},
	},
	{
		name: "a second name of an imported file is used without an import",
		files: {
			"src/a.ts": 'import { one } from "./b.js";\n\nexport const a: number = one + two;\n',
			"src/b.ts": "export const one = 1;\nexport const two = 2;\n",
		},
		expect: {
			by: "import",
			fixed: { "src/a.ts": 'import { one, two } from "./b.js";\n\nexport const a: number = one + two;\n' },
			behaves: ({ a }) => a === 3,
		},
	},
	{
		name: "a type of another file is used without an import",
		files: {
			"src/a.ts": 'export const a: User = { name: "x" };\n',
			"src/user.ts": "export interface User {\n\treadonly name: string;\n}\n",
		},
		options: { verbatimModuleSyntax: true },
		expect: {
			by: "import",
			fixed: { "src/a.ts": 'import type { User } from "./user.js";\n\nexport const a: User = { name: "x" };\n' },
		},
	},
	{
		name: "two files export the name that is missing",
		files: {
			"src/a.ts": "export const a: number = size();\n",
			"src/b.ts": "export function size(): number {\n\treturn 1;\n}\n",
			"src/c.ts": "export function size(): number {\n\treturn 2;\n}\n",
		},
		expect: { left: "there are 2 ways" },
	},
	{
		name: "the file that exports the missing name does something when it is loaded",
		files: {
			"src/a.ts": "export const a: number = port();\n",
			"src/server.ts": "export function port(): number {\n\treturn 1;\n}\n\nfunction listen(): void {}\n\nlisten();\n",
		},
		expect: { left: "does something" },
	},
	{
		name: "a missing name that nobody exports",
		files: { "src/a.ts": "export const a: number = unheardOf();\n" },
		expect: { left: "no safe way is known" },
	},
	{
		name: "a missing name that a library exports",
		files: {
			"src/a.ts": 'export const a: string = join("a", "b");\n',
			"package.json": '{ "type": "module", "dependencies": { "paths": "1.0.0" } }',
			"node_modules/paths/package.json": '{ "name": "paths", "version": "1.0.0", "types": "index.d.ts" }',
			"node_modules/paths/index.d.ts": "export declare function join(...parts: string[]): string;\n",
			"src/other.ts": 'import { join } from "paths";\n\nexport const other: string = join("c");\n',
		},
		expect: { left: "may be meant from paths" },
	},
	{
		name: "an imported name is mistyped",
		files: {
			"src/a.ts": 'import { recieve } from "./b.js";\n\nexport const a: number = recieve();\n',
			"src/b.ts": "export function receive(): number {\n\treturn 1;\n}\n",
		},
		expect: { left: "would bring" },
	},
	{
		name: "an import of nothing but a type is not marked",
		files: {
			"src/a.ts": 'import { User } from "./user.js";\n\nexport const a: User = { name: "x" };\n',
			"src/user.ts": "export interface User {\n\treadonly name: string;\n}\n",
		},
		options: { verbatimModuleSyntax: true },
		expect: {
			by: "convertToTypeOnlyImport",
			fixed: { "src/a.ts": 'import type { User } from "./user.js";\n\nexport const a: User = { name: "x" };\n' },
		},
	},
	{
		name: "one of several imported names is a type and not marked",
		files: {
			"src/a.ts": 'import { make, User } from "./user.js";\n\nexport const a: User = make();\n',
			"src/user.ts":
				'export interface User {\n\treadonly name: string;\n}\n\nexport function make(): User {\n\treturn { name: "x" };\n}\n',
		},
		options: { verbatimModuleSyntax: true },
		expect: {
			by: "convertToTypeOnlyImport",
			fixed: { "src/a.ts": 'import { make, type User } from "./user.js";\n\nexport const a: User = make();\n' },
			behaves: ({ a }) => a.name === "x",
		},
	},
	{
		name: "a type is exported again as if it were a value",
		files: {
			"src/a.ts": 'export { User } from "./user.js";\n',
			"src/user.ts": "export interface User {\n\treadonly name: string;\n}\n",
		},
		options: { isolatedModules: true },
		expect: { by: "convertToTypeOnlyExport", fixed: { "src/a.ts": 'export type { User } from "./user.js";\n' } },
	},
];

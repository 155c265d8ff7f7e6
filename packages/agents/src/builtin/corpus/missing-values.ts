import type { Fault } from "./fault.ts";

export const missingValues: readonly Fault[] = [
	{
		name: "a value may be missing, and a default stands behind it",
		files: {
			"src/a.ts":
				'export function nameOf(users: Map<string, { name: string }>, id: string): string {\n\treturn users.get(id).name ?? "nobody";\n}\n',
		},
		expect: {
			by: "possibly-undefined",
			fixed: {
				"src/a.ts":
					'export function nameOf(users: Map<string, { name: string }>, id: string): string {\n\treturn users.get(id)?.name ?? "nobody";\n}\n',
			},
			behaves: ({ nameOf }) => nameOf(new Map(), "x") === "nobody",
		},
	},
	{
		name: "a value may be missing, and the function says that it may give nothing",
		files: {
			"src/a.ts": "export function first(list?: readonly string[]): string | undefined {\n\treturn list[0];\n}\n",
		},
		expect: {
			by: "possibly-undefined",
			fixed: {
				"src/a.ts": "export function first(list?: readonly string[]): string | undefined {\n\treturn list?.[0];\n}\n",
			},
			behaves: ({ first }) => first() === undefined && first(["a"]) === "a",
		},
	},
	{
		name: "a value may be missing, and a declared variable may be empty",
		files: {
			"src/a.ts":
				'export function lower(text?: string): string {\n\tconst small: string | undefined = text.toLowerCase();\n\treturn small ?? "";\n}\n',
		},
		expect: {
			by: "possibly-undefined",
			fixed: {
				"src/a.ts":
					'export function lower(text?: string): string {\n\tconst small: string | undefined = text?.toLowerCase();\n\treturn small ?? "";\n}\n',
			},
			behaves: ({ lower }) => lower() === "" && lower("A") === "a",
		},
	},
	{
		name: "a value may be missing, and what is done with it would silently not be done",
		files: {
			"src/a.ts":
				"export function add(lists: Map<string, string[]>, name: string): void {\n\tlists.get(name).push(name);\n}\n",
		},
		expect: { left: "nothing says what is to happen then" },
	},
	{
		name: "a value may be missing, and a condition would go the other way",
		files: {
			"src/a.ts":
				'export function mayEnter(users: Map<string, { banned: boolean }>, id: string): string {\n\tif (users.get(id).banned) return "no";\n\treturn "yes";\n}\n',
		},
		expect: { left: "nothing says what is to happen then" },
	},
	{
		name: "a value may be missing, and the return type of an exported function is not written down",
		files: {
			"src/a.ts":
				"export function nameOf(users: Map<string, { name: string }>, id: string) {\n\treturn users.get(id).name;\n}\n",
		},
		expect: { left: "nothing says what is to happen then" },
	},
	{
		name: "a value may be missing where a number is wanted",
		files: {
			"src/a.ts": "export function size(list?: readonly string[]): number {\n\treturn list.length;\n}\n",
		},
		expect: { left: "nothing says what is to happen then" },
	},
];

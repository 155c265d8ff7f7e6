import type { Fault } from "./fault.ts";

export const types: readonly Fault[] = [
	{
		name: "a missing property",
		files: {
			"src/a.ts":
				'export interface User {\n\treadonly name: string;\n\treadonly email: string;\n}\n\nexport const user: User = { name: "x" };\n',
		},
		expect: { left: "no safe way is known" },
	},
	{
		name: "a value is compared with NaN",
		files: {
			"src/a.ts": "export function isBad(n: number): boolean {\n\treturn n === NaN;\n}\n",
		},
		expect: {
			by: "fixNaNEquality",
			fixed: { "src/a.ts": "export function isBad(n: number): boolean {\n\treturn Number.isNaN(n);\n}\n" },
			behaves: ({ isBad }) => isBad(Number.NaN) && !isBad(1),
		},
	},
	{
		name: "an object literal has = in place of a colon",
		files: { "src/a.ts": "export const a: { b: number } = { b = 1 };\n" },
		expect: {
			by: "fixPropertyAssignment",
			fixed: { "src/a.ts": "export const a: { b: number } = { b: 1 };\n" },
			behaves: ({ a }) => a.b === 1,
		},
	},
	{
		name: "an inner function has no types, and its uses have",
		files: {
			"src/a.ts": "function add(a, b: number): number {\n\treturn a + b;\n}\n\nexport const a: number = add(1, 2);\n",
		},
		expect: {
			by: "inferFromUsage",
			fixed: {
				"src/a.ts":
					"function add(a: number, b: number): number {\n\treturn a + b;\n}\n\nexport const a: number = add(1, 2);\n",
			},
			behaves: ({ a }) => a === 3,
		},
	},
	{
		name: "an exported function has no types",
		files: { "src/a.ts": "export function add(a, b: number): number {\n\treturn a + b;\n}\n" },
		expect: { left: "would" },
	},
	{
		name: "an inner function has no types, and its uses say nothing",
		files: {
			"src/a.ts":
				"function show(value): string {\n\treturn String(value);\n}\n\nexport const a = (input: unknown): string => show(input);\n",
		},
		expect: { left: "the compiler would only guess there" },
	},
	{
		name: "a value is worked out and not returned",
		files: { "src/a.ts": "export function add(a: number, b: number): number {\n\ta + b;\n}\n" },
		expect: {
			by: "returnValueCorrect",
			fixed: { "src/a.ts": "export function add(a: number, b: number): number {\n\treturn a + b;\n}\n" },
			behaves: ({ add }) => add(1, 2) === 3,
		},
	},
	{
		name: "a function that does something and returns nothing",
		files: {
			"src/a.ts":
				"let count = 0;\n\nexport function up(): number {\n\tcount += 1;\n}\n\nexport const read = (): number => count;\n",
		},
		expect: { left: "may be meant for what it does" },
	},
	{
		name: "a counter goes up and nothing is returned",
		files: { "src/a.ts": "let count = 0;\n\nexport function next(): number {\n\tcount++;\n}\n" },
		expect: { left: "may be meant for what it does" },
	},
	{
		name: "an inner function has no types, and neither has what it is handed to",
		files: {
			"src/a.ts": "export const a: number[] = [];\n\nunheardOf(a, (value) => {\n\ta.push(value + 1);\n});\n",
		},
		expect: { left: "may come from a name that is not known" },
	},
];

import type { Fault } from "./fault.ts";

export const literals: readonly Fault[] = [
	{
		name: "a number in quotes is declared as a number",
		files: { "src/a.ts": 'export const port: number = "8080";\n' },
		expect: {
			by: "numeric-literal",
			fixed: { "src/a.ts": "export const port: number = 8080;\n" },
			behaves: ({ port }) => port === 8080,
		},
	},
	{
		name: "a number in quotes is handed to a function that takes a number",
		files: {
			"src/a.ts": 'function twice(n: number): number {\n\treturn n * 2;\n}\n\nexport const a: number = twice("21");\n',
		},
		expect: {
			by: "numeric-literal",
			fixed: {
				"src/a.ts": "function twice(n: number): number {\n\treturn n * 2;\n}\n\nexport const a: number = twice(21);\n",
			},
			behaves: ({ a }) => a === 42,
		},
	},
	{
		name: "a number in quotes in an object of a declared form",
		files: {
			"src/a.ts":
				'interface Options {\n\treadonly retries: number;\n}\n\nexport function run(): number {\n\tconst options: Options = { retries: "3" };\n\treturn options.retries + 1;\n}\n',
		},
		expect: {
			by: "numeric-literal",
			fixed: {
				"src/a.ts":
					"interface Options {\n\treadonly retries: number;\n}\n\nexport function run(): number {\n\tconst options: Options = { retries: 3 };\n\treturn options.retries + 1;\n}\n",
			},
			behaves: ({ run }) => run() === 4,
		},
	},
	{
		name: "a number in quotes is returned where a number is promised",
		files: { "src/a.ts": 'export function limit(): number {\n\treturn "10";\n}\n' },
		expect: {
			by: "numeric-literal",
			fixed: { "src/a.ts": "export function limit(): number {\n\treturn 10;\n}\n" },
			behaves: ({ limit }) => limit() === 10,
		},
	},
	{
		name: "a number without quotes where a text is declared",
		files: { "src/a.ts": "export const id: string = 7;\n" },
		expect: {
			by: "numeric-literal",
			fixed: { "src/a.ts": 'export const id: string = "7";\n' },
			behaves: ({ id }) => id === "7",
		},
	},
	{
		name: "a text with leading zeros where a number is declared",
		files: { "src/a.ts": 'export const code: number = "007";\n' },
		expect: { left: "no safe way is known" },
	},
	{
		name: "a text that is no number where a number is declared",
		files: { "src/a.ts": 'export const port: number = "http";\n' },
		expect: { left: "no safe way is known" },
	},
	{
		name: "an empty text where a number is declared",
		files: { "src/a.ts": 'export const port: number = "";\n' },
		expect: { left: "no safe way is known" },
	},
	{
		name: "a number in quotes where only certain numbers are allowed",
		files: { "src/a.ts": 'export const level: 1 | 2 = "1";\n' },
		expect: { left: "no safe way is known" },
	},
	{
		name: "a text for true where true or false is declared",
		files: { "src/a.ts": 'export const on: boolean = "false";\n' },
		expect: { left: "no safe way is known" },
	},
	{
		name: "a text that is not one of those that are allowed",
		files: {
			"src/a.ts": 'export type State = "pending" | "done";\n\nexport const state: State = "pendng";\n',
		},
		expect: { left: "no safe way is known" },
	},
];

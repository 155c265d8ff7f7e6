import type { Fault } from "./fault.ts";

export const names: readonly Fault[] = [
	{
		name: "a property of an index signature is named with a dot",
		files: {
			"src/a.ts": "export function home(env: Record<string, string>): string | undefined {\n\treturn env.HOME;\n}\n",
		},
		options: { noPropertyAccessFromIndexSignature: true },
		expect: {
			by: "fixNoPropertyAccessFromIndexSignature",
			fixed: {
				"src/a.ts":
					'export function home(env: Record<string, string>): string | undefined {\n\treturn env["HOME"];\n}\n',
			},
			behaves: ({ home }) => home({ HOME: "/" }) === "/",
		},
	},
	{
		name: "a property name is mistyped",
		files: {
			"src/a.ts": "export function count(list: readonly string[]): number {\n\treturn list.lenght;\n}\n",
		},
		expect: {
			by: "spelling",
			fixed: { "src/a.ts": "export function count(list: readonly string[]): number {\n\treturn list.length;\n}\n" },
			behaves: ({ count }) => count(["a"]) === 1,
		},
	},
	{
		name: "a variable's name is mistyped",
		files: {
			"src/a.ts": "export function next(counter: number): number {\n\treturn coutner + 1;\n}\n",
		},
		expect: {
			by: "spelling",
			fixed: { "src/a.ts": "export function next(counter: number): number {\n\treturn counter + 1;\n}\n" },
			behaves: ({ next }) => next(1) === 2,
		},
	},
	{
		name: "a property that is similar to another one",
		files: {
			"src/a.ts":
				"interface Store {\n\tsetUser(): number;\n}\n\nexport function load(store: Store): number {\n\treturn store.getUser();\n}\n",
		},
		expect: { left: "may be another thing" },
	},
	{
		name: "the plural of a property that there is",
		files: {
			"src/a.ts":
				"interface Cart {\n\treadonly order: number;\n}\n\nexport function total(cart: Cart): number {\n\treturn cart.orders;\n}\n",
		},
		expect: { left: "may be another thing" },
	},
	{
		name: "a variable that has the name of a class in small letters",
		files: {
			"src/a.ts": 'class Session {\n\tstatic id = "x";\n}\n\nexport const a: string = session.id + Session.id;\n',
		},
		expect: { left: "may be another thing" },
	},
];

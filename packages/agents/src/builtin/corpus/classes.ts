import type { Fault } from "./fault.ts";

export const classes: readonly Fault[] = [
	{
		name: "an interface that a class does not keep",
		files: {
			"src/a.ts": "export interface Shape {\n\tarea(): number;\n}\n\nexport class Square implements Shape {}\n",
		},
		expect: { left: "no safe way is known" },
	},
	{
		name: "a property that a class does not declare",
		files: {
			"src/a.ts": "export class Counter {\n\tup(): void {\n\t\tthis.count = 1;\n\t}\n}\n",
		},
		expect: { left: "no safe way is known" },
	},
	{
		name: "a field that gets no value",
		files: { "src/a.ts": "export class Counter {\n\tcount: number;\n}\n" },
		expect: { left: "no safe way is known" },
	},
	{
		name: "override is missing",
		files: {
			"src/a.ts":
				"export class A {\n\tgo(): number {\n\t\treturn 1;\n\t}\n}\n\nexport class B extends A {\n\tgo(): number {\n\t\treturn 2;\n\t}\n}\n",
		},
		expect: {
			by: "fixOverrideModifier",
			fixed: {
				"src/a.ts":
					"export class A {\n\tgo(): number {\n\t\treturn 1;\n\t}\n}\n\nexport class B extends A {\n\toverride go(): number {\n\t\treturn 2;\n\t}\n}\n",
			},
			behaves: ({ B }) => new B().go() === 2,
		},
	},
	{
		name: "override stands where the base class has no such member",
		files: {
			"src/a.ts":
				"export class A {\n\tgo(): number {\n\t\treturn 1;\n\t}\n}\n\nexport class B extends A {\n\toverride goes(): number {\n\t\treturn 2;\n\t}\n}\n",
		},
		expect: { left: "no safe way is known" },
	},
	{
		name: "a class extends an interface",
		files: {
			"src/a.ts":
				"interface Shape {\n\tarea(): number;\n}\n\nclass Square extends Shape {\n\tarea(): number {\n\t\treturn 4;\n\t}\n}\n\nexport const a: number = new Square().area();\n",
		},
		expect: {
			by: "extendsInterfaceBecomesImplements",
			fixed: {
				"src/a.ts":
					"interface Shape {\n\tarea(): number;\n}\n\nclass Square implements Shape {\n\tarea(): number {\n\t\treturn 4;\n\t}\n}\n\nexport const a: number = new Square().area();\n",
			},
			behaves: ({ a }) => a === 4,
		},
	},
	{
		name: "a member is named without this",
		files: {
			"src/a.ts": "export class Counter {\n\tcount = 1;\n\n\tnext(): number {\n\t\treturn count + 1;\n\t}\n}\n",
		},
		expect: {
			by: "forgottenThisPropertyAccess",
			fixed: {
				"src/a.ts": "export class Counter {\n\tcount = 1;\n\n\tnext(): number {\n\t\treturn this.count + 1;\n\t}\n}\n",
			},
			behaves: ({ Counter }) => new Counter().next() === 2,
		},
	},
	{
		name: "a class is called without new",
		files: {
			"src/a.ts": "class Box {\n\treadonly size = 3;\n}\n\nexport const a: number = Box().size;\n",
		},
		expect: {
			by: "addMissingNewOperator",
			fixed: { "src/a.ts": "class Box {\n\treadonly size = 3;\n}\n\nexport const a: number = new Box().size;\n" },
			behaves: ({ a }) => a === 3,
		},
	},
	{
		name: "a class is called without new, over several lines that stay as they are",
		files: {
			"src/a.ts":
				"export function soon(): Promise<void> {\n\treturn Promise<void>((resolve) => {\n\t\t// at once\n\t\tresolve();\n\t});\n}\n",
		},
		expect: {
			by: "addMissingNewOperator",
			fixed: {
				"src/a.ts":
					"export function soon(): Promise<void> {\n\treturn new Promise<void>((resolve) => {\n\t\t// at once\n\t\tresolve();\n\t});\n}\n",
			},
			behaves: async ({ soon }) => (await soon()) === undefined,
		},
	},
	{
		name: "a getter is called",
		files: {
			"src/a.ts":
				"class Box {\n\tget size(): number {\n\t\treturn 3;\n\t}\n}\n\nexport const a: number = new Box().size();\n",
		},
		expect: {
			by: "removeAccidentalCallParentheses",
			fixed: {
				"src/a.ts":
					"class Box {\n\tget size(): number {\n\t\treturn 3;\n\t}\n}\n\nexport const a: number = new Box().size;\n",
			},
			behaves: ({ a }) => a === 3,
		},
	},
	{
		name: "this is used before super",
		files: {
			"src/a.ts":
				"class A {\n\treadonly a = 1;\n}\n\nexport class B extends A {\n\treadonly b: number;\n\n\tconstructor() {\n\t\tthis.b = 2;\n\t\tsuper();\n\t}\n}\n",
		},
		expect: {
			by: "classSuperMustPrecedeThisAccess",
			fixed: {
				"src/a.ts":
					"class A {\n\treadonly a = 1;\n}\n\nexport class B extends A {\n\treadonly b: number;\n\n\tconstructor() {\n\t\tsuper();\n\t\tthis.b = 2;\n\t}\n}\n",
			},
			behaves: ({ B }) => new B().b === 2,
		},
	},
];

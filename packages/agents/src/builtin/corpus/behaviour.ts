import type { Facts } from "../facts.ts";
import type { Fault } from "./fault.ts";

const average =
	"export function average(values: readonly number[]): number {\n\tlet sum = 0;\n\tfor (const value of values) sum += value;\n\treturn sum / values.length;\n}\n";
const averageTest = (call: string, expected: string) =>
	`import { describe, expect, test } from "vitest";\nimport { average } from "./a.js";\n\ndescribe("average", () => {\n\ttest("is told", () => {\n\t\texpect(average(${call})).toBe(${expected});\n\t});\n});\n`;
const failing = (message: string, name = "is told"): Facts => ({
	tests: [{ file: "src/a.test.ts", name, message }],
});

const parse =
	"export function toCount(text: string, otherwise: number): number {\n\treturn Number.parseInt(text, 10);\n}\n";
const parseTest = (call: string) =>
	`import assert from "node:assert";\nimport { test } from "node:test";\nimport { toCount } from "./a.js";\n\ntest("is told", () => {\n\tassert.strictEqual(${call}, 5);\n});\n`;

const sides = (rows: string) =>
	`export type Shape = "triangle" | "square" | "circle";\n\nexport function sides(shape: Shape): number {\n\tswitch (shape) {\n${rows}\t}\n}\n`;
const row = (name: string, value: string) => `\t\tcase "${name}":\n\t\t\treturn ${value};\n`;
const sidesTest = (shape: string, expected: string) =>
	`import { expect, test } from "vitest";\nimport { sides } from "./a.js";\n\ntest("is told", () => {\n\texpect(sides("${shape}")).toBe(${expected});\n});\n`;

export const behaviour: readonly Fault[] = [
	{
		name: "the average of nothing is NaN, and a test says that it is 0",
		files: { "src/a.ts": average, "src/a.test.ts": averageTest("[]", "0") },
		facts: failing("AssertionError: expected NaN to be +0 // Object.is equality", "average > is told"),
		expect: {
			by: "nan-division",
			fixed: { "src/a.ts": average.replace("sum / values.length", "values.length === 0 ? 0 : sum / values.length") },
			behaves: ({ average }) => average([]) === 0 && average([1, 2]) === 1.5,
		},
	},
	{
		name: "the average of nothing is NaN, and nobody says what it is to be",
		files: { "src/a.ts": average, "src/a.test.ts": averageTest("[]", "0") },
		facts: failing("it went wrong", "average > is told"),
		expect: { left: "no safe way is known from average" },
	},
	{
		name: "the average of something is NaN: the fault is elsewhere",
		files: { "src/a.ts": average, "src/a.test.ts": averageTest("[1, 2]", "1.5") },
		facts: failing("AssertionError: expected NaN to be 1.5 // Object.is equality", "average > is told"),
		expect: { left: "no safe way is known from average" },
	},
	{
		name: "an average of nothing that a test wants to be a number of its own",
		files: { "src/a.ts": average, "src/a.test.ts": averageTest("[]", "42") },
		facts: failing("AssertionError: expected NaN to be 42 // Object.is equality", "average > is told"),
		expect: { left: "no safe way is known from average" },
	},
	{
		name: "an average with two divisions",
		files: {
			"src/a.ts": average.replace("sum / values.length", "sum / values.length + 1 / values.length"),
			"src/a.test.ts": averageTest("[]", "0"),
		},
		facts: failing("AssertionError: expected NaN to be +0 // Object.is equality", "average > is told"),
		expect: { left: "no safe way is known from average" },
	},
	{
		name: "an average of nothing that is only a part of what a test compares",
		files: {
			"src/a.ts": average,
			"src/a.test.ts": averageTest("[]", "0").replace("average([])", "average([]) + 1"),
		},
		facts: failing("AssertionError: expected NaN to be +0 // Object.is equality", "average > is told"),
		expect: { left: "the test compares something else" },
	},
	{
		name: "a test that calls the function more than once",
		files: {
			"src/a.ts": average,
			"src/a.test.ts": averageTest("[]", "0").replace("expect(", "average([1]);\n\t\texpect("),
		},
		facts: failing("AssertionError: expected NaN to be +0 // Object.is equality", "average > is told"),
		expect: { left: "does not call one function of the project, and once" },
	},
	{
		name: "a failing test that is not there",
		files: { "src/a.ts": average },
		facts: failing("AssertionError: expected NaN to be +0 // Object.is equality"),
		expect: { left: "there is no test file" },
	},
	{
		name: "an average that nobody has a failing test for",
		files: { "src/a.ts": average },
		expect: { left: "it found nothing to mend" },
	},
	{
		name: "a text that is no number gives NaN, and a test says that the other value counts",
		files: { "src/a.ts": parse.replace("otherwise", "_otherwise"), "src/a.test.ts": parseTest('toCount("x", 5)') },
		facts: failing("Expected values to be strictly equal:\n\nNaN !== 5\n"),
		expect: {
			by: "nan-parse",
			fixed: {
				"src/a.ts": parse
					.replace("otherwise", "_otherwise")
					.replace(
						"return Number.parseInt(text, 10);",
						"const parsed = Number.parseInt(text, 10);\n\treturn Number.isNaN(parsed) ? _otherwise : parsed;",
					),
			},
			behaves: ({ toCount }) => toCount("x", 5) === 5 && toCount("7", 5) === 7,
		},
	},
	{
		name: "a text that is a number gives NaN in a test: the fault is elsewhere",
		files: { "src/a.ts": parse.replace("otherwise", "_otherwise"), "src/a.test.ts": parseTest('toCount("5", 5)') },
		facts: failing("Expected values to be strictly equal:\n\nNaN !== 5\n"),
		expect: { left: "no safe way is known from toCount" },
	},
	{
		name: "a text that is no number, and a value that only the test knows",
		files: {
			"src/a.ts": "export function toPort(text: string): number {\n\treturn Number(text);\n}\n",
			"src/a.test.ts": parseTest('toPort("x")').replaceAll("toCount", "toPort").replace("5", "3000"),
		},
		facts: failing("Expected values to be strictly equal:\n\nNaN !== 3000\n"),
		expect: { left: "no safe way is known from toPort" },
	},
	{
		name: "a table lacks a row, and a test says what stands in it",
		files: {
			"src/a.ts": sides(row("triangle", "3") + row("square", "4")),
			"src/a.test.ts": sidesTest("circle", "0"),
		},
		facts: failing("AssertionError: expected undefined to be +0 // Object.is equality"),
		expect: {
			by: "missing-case",
			fixed: { "src/a.ts": sides(row("triangle", "3") + row("square", "4") + row("circle", "0")) },
			behaves: ({ sides }) => sides("circle") === 0 && sides("square") === 4,
		},
	},
	{
		name: "a table lacks a row, and the test is about another one",
		files: {
			"src/a.ts": sides(row("triangle", "3") + row("square", "4")),
			"src/a.test.ts": sidesTest("square", "5"),
		},
		facts: failing("AssertionError: expected 4 to be 5 // Object.is equality"),
		expect: { left: "no safe way is known from sides" },
	},
	{
		name: "a table lacks two rows",
		files: { "src/a.ts": sides(row("triangle", "3")), "src/a.test.ts": sidesTest("square", "0") },
		facts: failing("AssertionError: expected undefined to be +0 // Object.is equality"),
		expect: { left: "no safe way is known from sides" },
	},
	{
		name: "a switch that lacks a case and is no table",
		files: {
			"src/a.ts": sides(`${row("triangle", "3")}\t\tcase "square":\n\t\t\treturn Number("4");\n`),
			"src/a.test.ts": sidesTest("circle", "0"),
		},
		facts: failing("AssertionError: expected undefined to be +0 // Object.is equality"),
		expect: { left: "no safe way is known from sides" },
	},
	{
		name: "a switch without a case for a member, and no test",
		files: {
			"src/a.ts":
				'export function sides(shape: "triangle" | "square"): number {\n\tswitch (shape) {\n\t\tcase "triangle":\n\t\t\treturn 3;\n\t}\n}\n',
		},
		expect: { left: "no safe way is known" },
	},
];

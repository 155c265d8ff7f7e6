import { expect, test } from "vitest";
import { mutantsOf } from "./mutants.ts";

const whats = (text: string, file = "a.ts") => mutantsOf(file, text).map(({ what }) => what);

test.each([
	["f(a < b);", ["`f(a < b)` is left out", "`<` becomes `<=`", "`<` becomes `>=`"]],
	["x = a === b;", ["`x = a === b` is left out", "`===` becomes `!==`"]],
	["const x = a && b;", ["`a` is taken as true before `&&`"]],
	["const x = a ?? b;", ["`a` is taken as null before `??`"]],
	["const x = !a;", ["`!a` is negated"]],
	["const x = [true, ''];", ["`[true, '']` becomes `[]`", "`true` becomes `false`", "`''` becomes `\"?\"`"]],
	["const x = {};", []],
	["if (a) b();", ["the condition `a` is always true", "the condition `a` is always false", "`b()` is left out"]],
	["while (a) {}", ["the condition `a` is always false"]],
	["while (true) {}", ["`true` becomes `false`"]],
	["function f() { return a; }", ["`f` does nothing"]],
	["const f = () => a;", ["`f` gives undefined"]],
	[
		"function f() { if (a) return b > c; return 0; }",
		[
			"`f` does nothing",
			"the condition `a` is always true",
			"the condition `a` is always false",
			"`return b > c` gives undefined",
			"`b > c` is negated",
			"`>` becomes `>=`",
			"`>` becomes `<=`",
			"`return 0` gives undefined",
			"`0` becomes `1`",
		],
	],
	["function f() { throw e; }", ["`f` does nothing", "`throw e` is left out"]],
	["const x = `a\n`;", ["`'a '` becomes `\"\"`"]],
	["const x = a++;", ["`a++` becomes `a--`"]],
])("%s", (text, expected) => {
	expect(whats(text)).toEqual(expected);
});

test.each([
	["types", 'type T = "a" | 1; interface I { a: true } let x: "b"; declare const y: 3; let z = f<"c">;'],
	["imports and exports", 'import a from "a"; import type { B } from "b"; export { c } from "c"; export * from "d";'],
	[
		"what bundlers read",
		'const w = new Worker(new URL("./w.js", import.meta.url)); const m = import("./m.js"), n = require("n");',
	],
	["directives", '"use client"; function f() { "use strict"; }'],
	["enumerations", 'enum E { A = "a", B = 1 + 1 } const enum F { A = 2 }'],
	["decorators", '@entity("users") class User {}'],
	["calls of the class above", "class A extends B { constructor() { super(); } }"],
	["names of members", "const { 'a-b': x } = y; class C { 'c-d'; 2; }"],
	["targets", "for ([a, b] of c) ; for ({ a } of c) ;"],
	["raw texts", "const x = tag`a`;"],
	["functions without anything", "function f() {} const g = () => undefined; const h = () => {};"],
	["overloads and abstract members", "function f(a: 1): void; abstract class A { abstract g(): 2 }"],
])("%s are left alone", (_, text) => {
	expect(whats(text)).toEqual([]);
});

test("a mutant has the same name for the same text", () => {
	const text = "export const add = (a: number, b: number) => a + b;\nadd(1, 2);\n";
	expect(mutantsOf("a.ts", text)).toEqual(mutantsOf("a.ts", text));
	expect(mutantsOf("a.ts", text).map(({ id, line, scope }) => [id, line, scope])).toEqual([
		["a.ts:0", 1, 1],
		["a.ts:1", 1, 1],
		["a.ts:2", 2, 0],
		["a.ts:3", 2, 0],
		["a.ts:4", 2, 0],
	]);
});

import { createContext, runInContext } from "node:vm";
import fc from "fast-check";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { instrumentSource } from "./instrument.ts";
import type { Mutant } from "./mutant.ts";
import { mutantsOf } from "./mutants.ts";
import { treeOf } from "./source-tree.ts";
import { watchWith } from "./watch.ts";

const watch = watchWith("for these tests");

/** Each program leaves what it did in `out`, and may be asynchronous. */
const programs: Readonly<Record<string, string>> = {
	operators: `
		const a = (n) => { out.push("a" + n); return n; };
		out.push(a(1) < a(2), a(3) + a(4) * a(5), a(1) - -a(2), a(7) % 4, 2 ** a(3) ** 1, a(6) & 3 | 8, 1 << a(2));
		out.push(1n + 2n, "x" + 1 + [2], null == undefined, NaN !== NaN, "b" >= "a");`,
	"short circuits": `
		const a = (v) => { out.push(v); return v; };
		out.push(a(0) && a(1), a("") || a("y"), a(null) ?? a(2), (a(0) ?? a(3)) || (a(4) && a(5)));
		const none = undefined; out.push(none?.a.b.c === undefined, none?.[a(1)] ?? "none");
		let x = null; x ??= a(9); x ||= a(10); x &&= a(11); out.push(x);`,
	conditions: `
		for (const n of [0, 1, 2]) {
			if (n < 1) out.push("small"); else if (n === 1, n) out.push("mid")
			else out.push("never")
			out.push(n ? "yes" : "no", !n, !!n)
		}
		if (out.length) out.push("no braces")
		else out.push("else")
		let i = 0
		while (i < 3) i++
		do { i-- } while (i > 0)
		out.push(i)`,
	"no semicolons": `
		const list = [3, 1, 2]
		let n = 0
		n++
		++n
		n--
		out.push(n)
		const f = () => "f"
		f()
		;[1, 2].forEach((each) => out.push(each))
		;(() => out.push("iife"))()
		const t = "a" + "b"
		out.push(t, list)`,
	loops: `
		outer: for (let i = 0, j = 10; i < j; i++, j -= 2) { for (const k of [1, 2]) { if (k === 2) continue outer; out.push(i + k) } }
		for (const key in { a: 1, b: 2 }) out.push(key);
		let a, b; [a, b] = [1, 2]; ({ a, b = 5 } = { a: 9 }); out.push(a, b);
		for ([a, b] of [[1, 2], [3, 4]]) out.push(a * b);
		switch (a) { case 1 + 2: out.push("three"); break; default: out.push("other") }`,
	asynchronous: `
		const wait = async (v) => { await null; out.push("waited " + v); return v; };
		const sum = async () => (await wait(1)) + (await wait(2)) < 4 && (await wait(true));
		return (async () => {
			out.push(await sum(), await (await wait(0) || wait("then")));
			for await (const each of (async function* () { yield 1; yield await wait(2) + 1; })()) out.push(each);
			await wait("alone");
			try { await (async () => { throw new Error("bad" + await wait(3)) })() } catch (error) { out.push(error.message) }
		})();`,
	generators: `
		function* numbers(to) { let n = 0; while (n < to) { const got = yield n++; if (got) n = got; } return "done"; }
		const g = numbers(5); out.push(g.next(), g.next(), g.next(4), g.next(), g.next());
		function* all() { yield* [1, 2]; const x = (yield "ask") + 1; out.push(x); yield; return [x]; }
		const h = all(); out.push([...Array(6)].map((_, i) => h.next(i)));
		const o = { *[Symbol.iterator]() { yield 1 } }; out.push([...o]);`,
	classes: `
		class Base { #p = 1; static count = 0; size = 2 + 1; constructor(n = 4) { this.n = n; Base.count += 1; }
			get p() { return this.#p; } set p(v) { this.#p = v; } has(o) { return #p in o && this.n > 0; }
			static { out.push("static") } static make() { return new this(7); } toString() { return \`<\${this.n}>\`; } ["comp" + 1]() { return "c"; } }
		class Derived extends Base { constructor() { super(5); this.m = this.n + 1; } get p() { return super.p + 1; } toString() { return "D" + super.toString(); } }
		const d = new Derived(); d.p = 4; out.push(d.p, String(d), d.m, d.has(d), d.has({}), Base.count, String(Base.make()), d.comp1(), d.size);
		class Named {} const named = class {}; out.push(Named.name, named.name, (() => {}).name);`,
	functions: `
		function f() { "use strict"; return [this === undefined, arguments.length, new.target]; }
		out.push(f(1, 2), typeof f, f.name, f.length);
		const arrow = (a, b = 2, ...rest) => ({ a, b, rest }); out.push(arrow(1), arrow.length, arrow.name);
		const o = { m() { return this.v }, v: "v", "quoted key": 1, 2: "two", get g() { return 3 }, [\`c\${1}\`]: true };
		out.push(o.m(), (o.m)(), o.g, JSON.stringify(o), o["quoted key"]);
		const tag = (s, ...v) => s.raw.join("|") + v.join(); out.push(tag\`a\${1 + 1}b\\n\`, tag\`plain\`, \`multi
			\${"line"}\`);
		const named = { f: () => {}, g: function () {} }; out.push(named.f.name, named.g.name);
		let later; later = () => {}; later ??= 1; out.push(later.name);`,
	errors: `
		const risky = (n) => { if (n > 1) throw new TypeError("too " + "much"); return n; };
		for (const n of [1, 2]) try { out.push(risky(n)) } catch ({ name, message }) { out.push(name, message) } finally { out.push("finally") }
		const nothing = () => { return }; out.push(nothing(), void 0, typeof missing === "undefined");
		delete out.x; out.push("a" in { a: 1 }, [] instanceof Array, /a"b/.test('a"b'));`,
	typed: `
		type Pair<T> = { readonly a: T; readonly b: "x" | 1 | true };
		interface Shape { area(): number } enum Colour { Red = 1 + 1, Blue = "blue" } declare const nowhere: string;
		abstract class Thing implements Shape { constructor(private readonly n: number, public name = "thing") { out.push(this.n) } abstract kind(): string; area(): number { return this.n * 2 } over(a: string): string; over(a: number): number; over(a: unknown): unknown { return a as never } }
		class One extends Thing { kind() { return "one" as const } }
		const one = new One(3); const list = ["a", "b"] as const satisfies readonly string[];
		const first = <T,>(all: readonly T[]): T => all[0]!; function isText(v: unknown): v is string { return typeof v === "string" }
		out.push(one.area(), one.kind(), one.name, first(list), isText("x") && isText(1), one!.over(1) as number < 2, Colour.Red, Colour.Blue);
		namespace Inner { export const x = 1 + 2 } out.push(Inner.x, (<any>"cast") + "!");`,
	elements: `
		const React = { createElement: (type, props, ...children) => ({ type, props, children }) };
		const Show = ({ list }) => <ul title="a &amp; b" lang="en" {...{ id: "x" }}>{list.length > 0 && list.map((each) => <li key={each}>{each + "!"} text "quoted"</li>)}</ul>;
		out.push(JSON.stringify(Show({ list: [1, 2] })), JSON.stringify(<Show list={["a"]} on />));`,
};

describe.each(Object.entries(programs))("a program with %s", (name, program) => {
	const wrapped = `// first\nfunction main(out) {\n${program}\n}\nmain(out)`;
	const path = name === "typed" ? "a.ts" : name === "elements" ? "a.jsx" : "a.js";
	const mutants = mutantsOf(path, wrapped);
	const copy = instrumentSource(path, wrapped, mutants, watch);

	test("does with its switches what it does without", async () => {
		expect(copy.mutants.length).toBeGreaterThan(5);
		const expected = await ran(path, wrapped);
		expect(JSON.stringify(expected)).not.toMatch(/SyntaxError|ReferenceError/);
		expect(await ran(path, copy.text)).toEqual(expected);
	});

	test("keeps its lines", () => {
		expect(copy.text.split("\n").length).toBe(wrapped.split("\n").length);
	});

	test("does with a switch on what it does with the text changed there", async () => {
		for (const mutant of mutants) {
			const changed = wrapped.slice(0, mutant.start) + mutant.replacement + wrapped.slice(mutant.end);
			expect(treeOf(path, changed), `${mutant.what} can be read`).toBeDefined();
			const expected = await ran(path, changed);
			if (expected !== endless) expect(await ran(path, copy.text, mutant), mutant.what).toEqual(expected);
		}
	});
});

/** Expressions over calls that leave a trace, so that a call too many, too few or in another order is seen. */
const expressions: fc.Arbitrary<string> = fc.letrec<{ tree: string }>((tie) => ({
	tree: fc.oneof(
		{ depthSize: "small", withCrossShrink: true },
		fc.constantFrom("t(0)", "t(1)", "t(null)", 't("x")', "t(-2)", '"s"', "3", "true", "[1]", "({a: 1})"),
		fc
			.tuple(tie("tree"), fc.constantFrom("+", "-", "*", "<", ">=", "===", "!=", "&&", "||", "&", "%"), tie("tree"))
			.map(([left, operator, right]) => `(${left} ${operator} ${right})`),
		fc.tuple(tie("tree"), tie("tree")).map(([left, right]) => `((${left}) ?? (${right}))`),
		fc.tuple(tie("tree"), tie("tree"), tie("tree")).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
		tie("tree").map((inner) => `!${inner}`),
		tie("tree").map((inner) => `((v) => ${inner} && v)(${inner})`),
		tie("tree").map((inner) => `\`<\${${inner}}>\``),
	),
})).tree;

test("any expression gives with its switches what it gives without, and leaves the same trace", async () => {
	await fc.assert(
		fc.asyncProperty(expressions, async (expression) => {
			const program = `const t = (v) => { out.push(v); return v; };\nout.push(${expression});`;
			const copy = instrumentSource("a.js", program, mutantsOf("a.js", program), watch);
			expect(copy.text).not.toBe(program);
			expect(await ran("a.js", copy.text)).toEqual(await ran("a.js", program));
		}),
		{ numRuns: 100 },
	);
});

test("what must stand at the top of a file stays there", () => {
	const text =
		'#!/usr/bin/env node\n/** @jsxImportSource preact */\n"use client";\nimport { a } from "./a.js";\nexport const b = a + 1;\n';
	const { text: copy } = instrumentSource("a.js", text, mutantsOf("a.js", text), watch);
	const lines = copy.split("\n");
	expect(lines.slice(0, 3)).toEqual(text.split("\n").slice(0, 3));
	expect(lines[3]).toMatch(/;import \{ a \} from "\.\/a\.js";$/);
	expect(lines).toHaveLength(6);
});

test("a file that cannot be read is left as it is", () => {
	expect(mutantsOf("a.ts", "const = 1 +")).toEqual([]);
	expect(instrumentSource("a.ts", "const = 1 +", [], watch)).toEqual({ text: "const = 1 +", mutants: [] });
});

test("a loop that a mutant leaves without an end is ended", async () => {
	const text = "out.push('begun'); let n = 0; while (n < 3) { n++; } out.push(n);";
	const mutants = mutantsOf("a.js", text);
	const copy = instrumentSource("a.js", text, mutants, watch);
	const step = mutants.find(({ what }) => what === "`n++` is left out");
	expect(await ran("a.js", copy.text, step, 10_000)).toEqual([
		"begun",
		{ name: "Error", message: "this goes on without an end" },
	]);
	expect(await ran("a.js", copy.text, undefined, 10)).toEqual(["begun", 3]);
});

test("where there is no process to ask, the copy does what the original does", () => {
	const copy = instrumentSource("a.js", "out.push(1 + 2)", mutantsOf("a.js", "out.push(1 + 2)"), watch);
	const out: unknown[] = [];
	runInContext(copy.text, createContext({ out }));
	expect(out).toEqual([3]);
});

test("two runs share no name", () => {
	const text = "export const a = 1 + 2;";
	const wordsOf = (secret: string) => {
		const one = watchWith(secret);
		const copy = instrumentSource("a.js", text, mutantsOf("a.js", text), one).text;
		const env = Object.keys(one.env({ perTest: new Map(), placesMax: 1 }, "record"));
		return [...copy.matchAll(/\b[a-z]?[0-9a-f]{12}\b/g)].map(([word]) => word).concat(env);
	};
	expect(wordsOf("one").length).toBeGreaterThan(5);
	expect(wordsOf("one").filter((word) => wordsOf("other").includes(word))).toEqual([]);
});

const endless = "endless";

async function ran(path: string, text: string, active?: Mutant, placesMax = 1e9): Promise<unknown> {
	const out: unknown[] = [];
	const perTest = new Map<string, string>();
	const orders = active === undefined ? {} : { forAll: watch.tokenOf("mutant", active.id) };
	const env = watch.env({ ...orders, perTest, placesMax }, "");
	const context = createContext({ out, process: { env, getBuiltinModule: process.getBuiltinModule.bind(process) } });
	try {
		await runInContext(plainOf(path, text), context, { timeout: 300 });
	} catch (error) {
		const { code, name, message } = error as Error & { code?: string };
		if (code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return endless;
		out.push({ name, message });
	}
	// Compared by what can be written down; functions and classes by their names.
	return JSON.parse(
		JSON.stringify(out, (_, each: unknown) =>
			typeof each === "bigint" || typeof each === "function" || each === undefined || Number.isNaN(each)
				? String(each)
				: each,
		),
	);
}

function plainOf(path: string, text: string): string {
	if (path.endsWith(".js")) return text;
	const known = plain.get(text);
	if (known !== undefined) return known;
	const made = ts.transpile(text, { target: ts.ScriptTarget.ESNext, jsx: ts.JsxEmit.React }, path);
	plain.set(text, made);
	return made;
}

const plain = new Map<string, string>();

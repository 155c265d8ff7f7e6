import { expect, test } from "vitest";
import { fileKinds } from "../ratchet/file-kinds.ts";
import { coveredBy, importsOf } from "./sources.ts";

const kinds = fileKinds();
const files: Readonly<Record<string, string>> = {
	"src/a.test.ts":
		'import { test } from "vitest"; import { a } from "./a.js"; import "../test/helper"; import type { T } from "./types";',
	"src/a.ts": 'import { b } from "./b"; import { readFileSync } from "node:fs"; export const a = b;',
	"src/b/index.tsx": 'export * from "../a.ts"; export const b = await import("./c.mjs");',
	"src/b/c.mjs": "export {};",
	"test/helper.ts": 'import { far } from "#lib/far";',
	"lib/far.ts": "export const far = 1;",
	"src/types.ts": "export type T = 1;",
	"src/reads.test.ts":
		'import { readFileSync } from "node:fs"; import { test } from "vitest"; import data from "./data.json"; import zod from "zod";',
	"src/data.json": "{}",
};
const sources = {
	read: async (path: string) => files[path],
	resolve: async (_: string, specifier: string) => (specifier === "#lib/far" ? "lib/far.ts" : undefined),
};

test("sources are found through imports, the nearest first, each once", async () => {
	const { sources: found, unseen } = await coveredBy("src/a.test.ts", sources, kinds);
	expect(found.map(({ path, distance }) => `${distance} ${path}`)).toEqual([
		"1 src/a.ts",
		"2 src/b/index.tsx",
		"2 lib/far.ts",
		"3 src/b/c.mjs",
	]);
	expect(unseen).toEqual([]);
});

test("what a test uses and cannot be watched is named", async () => {
	const { sources: found, unseen } = await coveredBy("src/reads.test.ts", sources, kinds);
	expect(found).toEqual([]);
	expect(unseen).toEqual(["node:fs", "./data.json", "zod"].map((what) => `it uses ${what}, which cannot be watched`));
});

test("imports in all their spellings", () => {
	const text = `
import a from "a"; import { type B } from "b"; import c, { type C } from "c"; import type D from "d"; import * as e from "e"; import "f";
export { g } from "g"; export type { H } from "h"; import i = require("i"); const j = require("j"), k = await import("k"), l = import(\`l\`);
const m = new URL("m", import.meta.url), n = new URL("n", "o"); import(p); require.resolve("q"); await vi.importActual("r");`;
	expect(importsOf("x.ts", text).join("")).toBe("acefgijklmqr");
});

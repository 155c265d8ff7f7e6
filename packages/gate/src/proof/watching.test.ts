import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { fileKinds } from "../ratchet/file-kinds.ts";
import { type Recorded, readRecord, watchWith } from "./watch.ts";
import { reachOf, type WatchedTest, watchTests } from "./watching.ts";

const watch = watchWith("for these tests");
const files: Readonly<Record<string, string>> = {
	"near.js": "function near(n) { if (n) return far(n); return 1; }\nfunction other() { note('other'); }",
	"far.js": "function far(n) { note('far'); return n > 1; }",
	"a.test.js": `
require("./near.js");
beforeEach(() => { other(); });
test("early and late", async () => { await step(); await step(); near(1); });
test("in between", async () => { await step(); near(0); });
test("nothing", async () => { await step(); });
`,
};
const sources = {
	read: async (path: string) => (path === "near.js" ? `require("./far.js");\n${files[path]}` : files[path]),
};

test("what each of several tests reaches while they run at once is told apart, and hooks are nobody's", async () => {
	const [early, between, nothing] = await reaches();
	expect(scopes(early)).toEqual(["near", "far"]);
	expect(scopes(between)).toEqual(["near"]);
	expect(scopes(nothing)).toEqual([]);
	expect(new Set([early, between, nothing].map((reach) => reach?.around.map(({ what }) => what).join()))).toEqual(
		new Set(["`other` does nothing,`note('other')` is left out,`'other'` becomes `\"\"`"]),
	);
});

test("the nearest functions come first, and a few tries see several functions and into each", async () => {
	const [early] = await reaches();
	expect(early?.own.slice(0, 6).map(({ file, what }) => `${file} ${what}`)).toEqual([
		"near.js `near` does nothing",
		"near.js the condition `n` is always true",
		"far.js `far` does nothing",
		"near.js the condition `n` is always false",
		"far.js `n > 1` is negated",
		"near.js `return far(n)` gives undefined",
	]);
});

async function reaches() {
	const kinds = fileKinds();
	const tests = ["early and late", "in between", "nothing"].map((name) => ({
		test: { id: name, file: "a.test.js", name, state: "passed" as const, ms: 1 },
		files: ["a.test.js"],
	}));
	const watching = await watchTests({ tests, sources, kinds, watch, changed: [] });
	const recorded = await runAtOnce(["far.js", "near.js", "a.test.js"].map((path) => watching.overlay.get(path) ?? ""));
	return [...watching.tests.values()].map((each: WatchedTest) => reachOf(each, recorded, watching));
}

/** The smallest runner there can be: all tests at once. */
async function runAtOnce(texts: readonly string[]): Promise<Recorded> {
	const record = join(tempDir(), "record");
	const hooks: (() => void)[] = [];
	const bodies: (() => Promise<void>)[] = [];
	const context = createContext({
		process: {
			env: watch.env({ perTest: new Map(), placesMax: 0 }, record),
			getBuiltinModule: process.getBuiltinModule.bind(process),
		},
		require: () => undefined,
		note: () => undefined,
		step: () => Promise.resolve(),
		beforeEach: (hook: () => void) => hooks.push(hook),
		test: (_: string, body: () => Promise<void>) => bodies.push(body),
	});
	for (const text of texts) runInContext(text, context);
	await Promise.all(
		bodies.map((body) => {
			for (const hook of hooks) hook();
			return body();
		}),
	);
	return readRecord(readFileSync(record, "utf8"));
}

function scopes(reach: { readonly own: readonly { readonly what: string }[] } | undefined): string[] {
	return (reach?.own ?? []).flatMap(({ what }) => /^`(\w+)` does nothing$/.exec(what)?.slice(1) ?? []);
}

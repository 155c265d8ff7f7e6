import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bubblewrapRunner, processGroupRunner } from "@shopfloor/core/io";
import { needs } from "@shopfloor/core/testing";
import { describe, expect, test } from "vitest";
import type { CheckOutcome } from "./check.ts";
import type { Selection } from "./selection.ts";
import { aProject, aTree, checked } from "./testing/a-project.ts";

const vitest = { run: "vitest run", reports: "vitest" } as const;

describe("what vitest ran", { timeout: 60_000 }, () => {
	test.for(["process-group", "bubblewrap"] as const)("is told test by test: %s", async (runner, context) => {
		if (runner === "bubblewrap") needs(context, "bubblewrap");
		const files = { "sum.js": buggy, "sum.test.js": honest, "other/list.test.js": list };
		const outcome =
			runner === "bubblewrap"
				? await checked(aTree(files), vitest, { runner: bubblewrapRunner })
				: await checked(aProject(files), vitest, { runner: processGroupRunner });
		expect(states(outcome)).toEqual({
			"sum.test.js > sum > adds": "failed",
			"sum.test.js > sum > is zero for nothing": "failed",
			"sum.test.js > twice": "passed",
			"sum.test.js > twice #2": "passed",
			"other/list.test.js > keeps | a > b (c)": "passed",
			"other/list.test.js > later": "todo",
			"other/list.test.js > not here": "skipped",
		});
		expect(outcome).toMatchObject({ kind: "ran", exitCode: 1, errors: [] });
	});
});

describe("a cheat is never taken for passed tests", { timeout: 60_000 }, () => {
	test.each<[string, Record<string, string>, object]>([
		["tests are gone", { "sum.test.js": "export {};" }, { kind: "ran", tests: [], errors: [{ code: "load" }] }],
		[
			"test files are gone",
			{ "sum.test.js": "", "vitest.config.mjs": config("include: ['none/*']") },
			noVerdict("no-tests"),
		],
		[
			"test files are gone, and that is said to be fine",
			{ "vitest.config.mjs": config("include: ['none/*'], passWithNoTests: true") },
			noVerdict("no-tests"),
		],
		["the exit code is set on the way out", { "vitest.config.mjs": exitHook("") }, noVerdict("disagrees")],
		[
			"the exit code is set, and whatever was reported is rewritten",
			{ "vitest.config.mjs": exitHook(rewriteReports) },
			noVerdict("bad-report"),
		],
		["the configuration ends the run", { "vitest.config.mjs": "process.exit(0);" }, noVerdict("no-report")],
		["a test ends its process", { "end.test.js": aTest("process.exit(0)") }, { kind: "ran", exitCode: 1 }],
		[
			"a test ends its process for good",
			{ "end.test.js": aTest("process.reallyExit(0)") },
			{ kind: "ran", exitCode: 1 },
		],
		["a test kills the run", { "end.test.js": aTest("process.kill(process.ppid, 'SIGKILL')") }, noVerdict("killed")],
		[
			"a test kills the run softly",
			{
				"end.test.js": aTest("process.kill(process.ppid, 'SIGTERM'); await new Promise((go) => setTimeout(go, 5000))"),
			},
			{ kind: "broken" },
		],
		["only a decoy is run", { "sum.test.js": `${honest}test.only("decoy", () => {});` }, { kind: "ran", exitCode: 1 }],
		[
			"only a decoy is run, and that is said to be fine",
			{ "sum.test.js": `${honest}test.only("decoy", () => {});`, "vitest.config.mjs": config("allowOnly: true") },
			{ kind: "ran", exitCode: 1 },
		],
		[
			"what nobody caught is said to be fine",
			{
				"sum.test.js": aTest("Promise.reject(new Error('lost'))"),
				"vitest.config.mjs": config("dangerouslyIgnoreUnhandledErrors: true"),
			},
			{ kind: "ran", exitCode: 1, errors: [{ code: "unhandled", file: null, message: "Error: lost" }] },
		],
		[
			"a test writes the report first",
			{ "sum.test.js": `${honest}${aTest(`${findReports}; for (const name of names) fs.writeFileSync(name, "{}")`)}` },
			{ kind: "ran", exitCode: 1 },
		],
	])("%s", async (_what, files, expected) => {
		const tree = aProject({ "sum.js": buggy, "sum.test.js": honest, ...files });
		expect(await checked(tree, vitest)).toMatchObject(expected);
	});

	test("a test finds neither our reporter nor its report while it runs", async () => {
		const look = `${findReports}; const seen = fs.readdirSync(folder); fs.writeFileSync("seen.json", JSON.stringify({ seen, named: names.length }))`;
		const tree = aProject({ "sum.test.js": aTest(look) });
		expect(await checked(tree, vitest)).toMatchObject({ kind: "ran", exitCode: 0 });
		// It is named on the command line, so that the test would have found it.
		expect(JSON.parse(readFileSync(join(tree, "seen.json"), "utf8"))).toEqual({ seen: [], named: 1 });
	});

	test("a test cannot wake a debugger in the process that reports", async () => {
		const tree = aProject({
			"sum.test.js": aTest(`
				const fs = await import("node:fs");
				process.kill(process.ppid, "SIGUSR1");
				let answer = "none";
				for (let tries = 0; tries < 20 && answer === "none"; tries++) {
					await new Promise((go) => setTimeout(go, 25));
					answer = await fetch("http://127.0.0.1:9229/json/list").then((found) => found.text(), () => "none");
				}
				fs.writeFileSync("answer", answer);`),
		});
		expect(await checked(tree, vitest)).toMatchObject({ kind: "ran", exitCode: 0 });
		expect(readFileSync(join(tree, "answer"), "utf8")).toBe("none");
	});

	test("files are run in the order they are given in, new ones first, unless the target has an order of its own", async () => {
		const names = ["a", "b", "c"].map((name) => `${name}.test.js`);
		const files = Object.fromEntries(
			names.map((name) => [name, aTest(`(await import("node:fs")).appendFileSync("order", "${name[0]}")`)]),
		);
		const run = async (sequence: string, order: readonly string[]) => {
			const tree = aProject({ ...files, "vitest.config.mjs": config(`fileParallelism: false, ${sequence}`) });
			expect(await checked(tree, vitest, { order })).toMatchObject({ kind: "ran", exitCode: 0 });
			return readFileSync(join(tree, "order"), "utf8");
		};
		expect(await run("", ["c.test.js", "a.test.js"])).toBe("bca");
		expect(await run("", ["a.test.js", "b.test.js", "c.test.js"])).toBe("abc");
		const own =
			"sequence: { sequencer: class { constructor() {} async shard(f) { return f; } async sort(f) { return [...f].sort((x, y) => x.moduleId < y.moduleId ? -1 : 1); } } }";
		expect(await run(own, ["c.test.js", "b.test.js", "a.test.js"])).toBe("abc");
	});

	test("skipped tests are told as skipped", async () => {
		const tree = aProject({ "sum.js": buggy, "sum.test.js": honest.replaceAll("test(", "test.skip(") });
		const outcome = await checked(tree, vitest);
		expect(new Set(Object.values(states(outcome)))).toEqual(new Set(["skipped"]));
	});

	test("a matcher that a set-up file overrides is beyond what a run can tell: the set-up must be the base's", async () => {
		const setup = `import { expect } from "vitest"; expect.extend({ toBe: () => ({ pass: true, message: () => "" }) });`;
		const tree = aProject({
			"sum.js": buggy,
			"sum.test.js": honest,
			"setup.js": setup,
			"vitest.config.mjs": config("setupFiles: ['./setup.js']"),
		});
		expect(await checked(tree, vitest)).toMatchObject({ kind: "ran", exitCode: 0 });
	});
});

describe("what fails outside of a test is an error of its own", { timeout: 60_000 }, () => {
	test.each<[string, string, object]>([
		["a file that does not load", "import './none.js';", { code: "load", file: "a.test.js" }],
		["a file that is no JavaScript", "test(", { code: "load", file: "a.test.js" }],
		[
			"a hook",
			`import { beforeAll, describe, test } from "vitest"; describe("all", () => { beforeAll(() => { throw new Error("no"); }); test("one", () => {}); });`,
			{ code: "all", file: "a.test.js", key: "a.test.js|all|Error: no" },
		],
	])("%s", async (_what, text, error) => {
		const tree = aProject({ "a.test.js": text, "b.test.js": aTest("") });
		const outcome = await checked(tree, vitest);
		expect(outcome).toMatchObject({ kind: "ran", exitCode: 1, errors: [error] });
		expect(Object.entries(states(outcome)).filter(([, state]) => state === "passed")).toHaveLength(1);
		// The same in another place.
		const other = aProject({ "a.test.js": text, "b.test.js": aTest("") });
		expect(keys(await checked(other, vitest))).toEqual(keys(outcome));
	});
});

describe("a part of the tests", { timeout: 60_000 }, () => {
	const files = { "sum.js": buggy, "sum.test.js": honest, "other/list.test.js": list, "xsum.test.js": aTest("") };

	test.each<[string, Selection, string[]]>([
		[
			"of one file",
			{ files: ["other/list.test.js"] },
			["other/list.test.js > keeps | a > b (c)", "other/list.test.js > later", "other/list.test.js > not here"],
		],
		["by name", { tests: ["sum.test.js > sum > adds"] }, ["sum.test.js > sum > adds"]],
		[
			"by a name with signs",
			{ tests: ["other/list.test.js > keeps | a > b (c)"] },
			["other/list.test.js > keeps | a > b (c)"],
		],
		["the second of one name", { tests: ["sum.test.js > twice #2"] }, ["sum.test.js > twice #2"]],
		["in a file that is not there", { files: ["none.test.js"] }, []],
		[
			"that a change can reach",
			{ relatedTo: ["sum.js"] },
			[
				"sum.test.js > sum > adds",
				"sum.test.js > sum > is zero for nothing",
				"sum.test.js > twice",
				"sum.test.js > twice #2",
			],
		],
		["that a change can reach: none", { relatedTo: ["readme.md"] }, []],
	])("%s", async (_what, only, expected) => {
		expect(Object.keys(states(await checked(aProject(files), vitest, { only }))).sort()).toEqual([...expected].sort());
	});
});

test("a run that hangs, and what it started, ends at its limit", { timeout: 60_000 }, async () => {
	const tree = aProject({ "a.test.js": aTest("await new Promise(() => {})").replace("})", "}, 1e6)") });
	const outcome = await checked(tree, { ...vitest, wall: "3s" });
	expect(outcome).toMatchObject({
		kind: "broken",
		reason: "timed-out",
		detail: expect.stringMatching(/longer than 3 s/),
	});
});

test("an environment for the tests reaches them; ours does not", { timeout: 60_000 }, async () => {
	process.env["SECRET_OF_OURS"] = "1";
	const look = `fs.writeFileSync("env.json", JSON.stringify(process.env))`;
	const tree = aProject({ "a.test.js": `import fs from "node:fs"; ${aTest(look)}` });
	await checked(tree, vitest, { env: { GIVEN: "1" } });
	const env = JSON.parse(readFileSync(join(tree, "env.json"), "utf8"));
	expect(env).toMatchObject({ GIVEN: "1", CI: "1", TZ: "UTC" });
	expect(env).not.toHaveProperty("SECRET_OF_OURS");
});

function keys(outcome: CheckOutcome): string[] {
	return outcome.kind === "broken" ? [outcome.detail] : outcome.errors.map(({ key }) => key);
}

function noVerdict(reason: string): object {
	return { kind: "broken", reason };
}

function aTest(body: string): string {
	return `import { test } from "vitest"; test("a", async () => { ${body} });\n`;
}

function config(test: string): string {
	return `export default { test: { ${test} } };\n`;
}

function exitHook(more: string): string {
	return `import fs from "node:fs"; import { dirname } from "node:path";
process.on("exit", () => { ${more} process.exitCode = 0; });
export default {};\n`;
}

const rewriteReports = `
	const module = process.argv.find((each) => each.startsWith("--reporter=/")).slice(11);
	for (const name of fs.readdirSync(dirname(module))) {
		const path = dirname(module) + "/" + name;
		fs.writeFileSync(path, fs.readFileSync(path, "utf8").replaceAll('"fail"', '"pass"'));
	}`;

/** As a test would: from the command line of the process that started it. */
const findReports = `
	const fs = await import("node:fs");
	const line = fs.readFileSync("/proc/" + process.ppid + "/cmdline", "utf8").split("\\0");
	const module = line.find((each) => each.startsWith("--reporter=/")).slice(11);
	const folder = module.slice(0, module.lastIndexOf("/"));
	const names = [module]`;

function states(outcome: CheckOutcome) {
	if (outcome.kind === "broken") return outcome;
	return Object.fromEntries(outcome.tests.map(({ id, state }) => [id, state]));
}

const buggy = "export const sum = (...all) => all.reduce((a, b) => a - b, 1);\n";
const honest = `import { describe, expect, test } from "vitest";
import { sum } from "./sum.js";
describe("sum", () => {
	test("adds", () => expect(sum(1, 2)).toBe(3));
	test("is zero for nothing", () => expect(sum()).toBe(0));
});
test("twice", () => {});
test("twice", () => {});
`;
const list = `import { expect, test } from "vitest";
test("keeps | a > b (c)", () => expect([1]).toEqual([1]));
test.todo("later");
test.skip("not here", () => {});
`;

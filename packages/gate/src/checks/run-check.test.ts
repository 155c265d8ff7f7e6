import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bubblewrapRunner } from "@shopfloor/core/io";
import { inDepth, needs, tempDir } from "@shopfloor/core/testing";
import { describe, expect, test } from "vitest";
import type { CheckOutcome } from "./check.ts";
import { aProject, aTree, checked, write } from "./testing/a-project.ts";

const tsc = { name: "types", run: "tsc --noEmit", reports: "tsc" } as const;

describe("what the compiler says", { timeout: 60_000 }, () => {
	test.for(["process-group", "bubblewrap"] as const)("is told error by error: %s", async (runner, context) => {
		if (runner === "bubblewrap") needs(context, "bubblewrap");
		const tree = runner === "bubblewrap" ? aTree(faulty) : aProject(faulty);
		const outcome = await checked(tree, tsc, runner === "bubblewrap" ? { runner: bubblewrapRunner } : {});
		expect(outcome).toMatchObject({ kind: "ran", exitCode: 2, tests: [] });
		expect(errors(outcome)).toEqual([
			{
				key: "src/a.ts|TS2322|Type 'string' is not assignable to type 'number'.",
				file: "src/a.ts",
				line: 2,
				code: "TS2322",
				message: "Type 'string' is not assignable to type 'number'.",
			},
			{
				key: "src/b (1).ts|TS2322|Type '{ a: { b: string; }; }' is not assignable to type '{ a: { b: number; }; }'. The types of 'a.b' are incompatible between these types. Type 'string' is not assignable to type 'number'.",
				file: "src/b (1).ts",
				line: 2,
				code: "TS2322",
				message: expect.stringMatching(/^Type .*\nThe types of .*\nType 'string'/),
			},
		]);
	});

	test("has the same keys when lines move, and in another place", async () => {
		const moved = { ...faulty, "src/a.ts": `\n\n${faulty["src/a.ts"]}` };
		expect(keys(await checked(aProject(moved), tsc))).toEqual(keys(await checked(aProject(faulty), tsc)));
	});

	test("is the same from notes; they lie in the cache and not in the tree", async () => {
		const cacheDir = tempDir();
		const tree = aProject(faulty);
		const first = await checked(tree, tsc, { cacheDir });
		const before = readdirSync(tree);
		expect(readdirSync(cacheDir)).toEqual(["tsc"]);
		expect(keys(await checked(tree, tsc, { cacheDir }))).toEqual(keys(first));
		write(tree, { "src/a.ts": "export const a: number = 1;\n" });
		expect(keys(await checked(tree, tsc, { cacheDir }))).toEqual(keys(first).slice(1));
		expect(readdirSync(tree)).toEqual(before);
	});

	test("nothing, when there is nothing to say", async () => {
		const tree = aProject({ "tsconfig.json": options, "a.ts": "export const a = 1;\n" });
		expect(await checked(tree, tsc)).toMatchObject({ kind: "ran", exitCode: 0, errors: [] });
	});

	test("of a configuration is an error too", async () => {
		const tree = aProject({ "tsconfig.json": '{ "include": ["none"] }' });
		expect(await checked(tree, tsc)).toMatchObject({ kind: "ran", errors: [{ file: null, code: "TS18003" }] });
	});

	inDepth("of projects that refer to each other is told, and not taken from what they left last time", async () => {
		const project = (more: object) =>
			JSON.stringify({ compilerOptions: { composite: true, strict: true, outDir: "dist", types: [] }, ...more });
		const tree = aProject({
			"tsconfig.json": '{ "files": [], "references": [{ "path": "one" }, { "path": "two" }] }',
			"one/tsconfig.json": project({}),
			"one/index.ts": "export const one: number = 1;\n",
			"two/tsconfig.json": project({ references: [{ path: "../one" }] }),
			"two/index.ts": 'import { one } from "../one/index.js";\nexport const two: string = one;\n',
		});
		const build = { ...tsc, run: "tsc -b" };
		const first = await checked(tree, build);
		expect(keys(first)).toEqual(["two/index.ts|TS2322|Type 'number' is not assignable to type 'string'."]);
		// As a branch could bring it along: notes that know every file as it is, and of no error.
		const notes = join(tree, "two/dist/tsconfig.tsbuildinfo");
		const {
			semanticDiagnosticsPerFile: _,
			affectedFilesPendingEmit: __,
			...clean
		} = JSON.parse(readFileSync(notes, "utf8"));
		writeFileSync(notes, JSON.stringify({ ...clean, latestChangedDtsFile: "./index.d.ts" }));
		writeFileSync(join(tree, "two/dist/index.js"), "");
		writeFileSync(join(tree, "two/dist/index.d.ts"), "");
		expect(keys(await checked(tree, build))).toEqual(keys(first));
	});
});

describe("a program that only says yes or no", () => {
	test("yes", async () => {
		expect(await checked(aProject({}), { run: "true", reports: "exit" })).toMatchObject({ kind: "ran", errors: [] });
	});

	test("no is one error, whatever it says", async () => {
		const tree = aProject({ "no.sh": "echo $$ went wrong; exit 3" });
		const outcome = await checked(tree, { name: "lint", run: "sh no.sh", reports: "exit" });
		expect(outcome).toMatchObject({ kind: "ran", exitCode: 3, errors: [{ key: "|exit|lint", code: "exit" }] });
	});
});

describe("tests that speak TAP", { timeout: 60_000 }, () => {
	const tap = { run: "node --test --test-reporter=tap", reports: "tap" } as const;

	test("a file that does not load has the same name wherever the tree lies", async () => {
		const files = { "a.test.mjs": nodeTests, "test/b.test.mjs": 'throw new Error("no");' };
		const [one, other] = [await checked(aProject(files), tap), await checked(aProject(files), tap)];
		expect(states(one)).toMatchObject({ "test/b.test.mjs": "failed" });
		expect(states(other)).toEqual(states(one));
	});

	test("are told by their names", async () => {
		const outcome = await checked(aProject({ "a.test.mjs": nodeTests }), tap);
		expect(outcome).toMatchObject({ kind: "ran", exitCode: 1 });
		expect(states(outcome)).toEqual({
			"suite > good": "passed",
			"suite > bad": "failed",
			"suite > left out": "skipped",
			"suite > later": "todo",
			"top > sub": "passed",
		});
	});

	test("stdout that ends in the middle is no verdict", async () => {
		const tree = aProject({ "tap.sh": "echo 'TAP version 13'; echo 'ok 1 - a'" });
		expect(await checked(tree, { run: "sh tap.sh", reports: "tap" })).toMatchObject({ reason: "bad-report" });
	});
});

describe("a JUnit report", () => {
	const suite = '<testsuite name="s" tests="1"><testcase name="a" classname="c" file="a.js"/></testsuite>';

	test("goes to a fresh place outside of the tree, where the command says so", async () => {
		const tree = aProject({ "run.sh": `printf '%s' '${suite}' > "$1"` });
		const outcome = await checked(tree, { run: ["sh", "run.sh", "{report}"], reports: "junit" });
		expect(states(outcome)).toEqual({ "a.js > c > a": "passed" });
		expect(readdirSync(tree).sort()).toEqual(["node_modules", "run.sh"]);
	});

	test("that lay there before is of another run", async () => {
		const tree = aProject({ "out/report.xml": suite });
		const check = { run: "true", reports: "junit", report: "out/report.xml" } as const;
		expect(await checked(tree, check)).toMatchObject({ kind: "broken", reason: "no-report" });
		write(tree, { "run.sh": `mkdir -p out; printf '%s' '${suite}' > out/report.xml` });
		expect(await checked(tree, { ...check, run: "sh run.sh" })).toMatchObject({ kind: "ran" });
	});

	test("that is a link to another one is none", async () => {
		const outside = join(tempDir(), "report.xml");
		writeFileSync(outside, suite);
		const tree = aProject({ "run.sh": `ln -s ${outside} report.xml` });
		expect(await checked(tree, { run: "sh run.sh", reports: "junit", report: "report.xml" })).toMatchObject({
			reason: "no-report",
		});
		mkdirSync(join(tree, "a"));
		symlinkSync(dirname(outside), join(tree, "a", "b"));
		expect(await checked(tree, { run: "true", reports: "junit", report: "a/b/report.xml" })).toMatchObject({
			reason: "no-report",
		});
		expect(existsSync(outside)).toBe(true);
	});
});

describe("no verdict", () => {
	test.each([
		["a command that needs a shell", { run: "tsc && vitest" }, "not-started", /& means something to a shell only/],
		["a program that is not there", { run: "no-such-program" }, "not-started", /no program no-such-program, neither/],
		["a limit that is none", { run: "true", wall: "soon" }, "not-started", /"soon" is no duration/],
		["a run that takes too long", { run: "sleep 500", wall: "200ms" }, "timed-out", /longer than 0.2 s/],
		["a run that says nothing", { run: "sleep 500", idle: "200ms" }, "timed-out", /said nothing for 0.2 s/],
		["a run that somebody kills", { run: ["sh", "-c", "kill -9 $$"] }, "killed", /ended by SIGKILL/],
		["a run that says too much", { run: "yes" }, "too-much-output", /more than 1000 bytes/],
	])("%s", async (_what, check, reason, detail) => {
		const outcome = await checked(aProject({}), { reports: "exit", ...check }, { limits: { outputBytesMax: 1_000 } });
		expect(outcome).toMatchObject({ kind: "broken", reason, detail: expect.stringMatching(detail) });
	});

	test("a run that is called off", async () => {
		const outcome = await checked(aProject({}), { run: "true", reports: "exit" }, { signal: AbortSignal.abort() });
		expect(outcome).toMatchObject({ kind: "broken", reason: "killed", detail: expect.stringMatching(/called off/) });
	});
});

function errors(outcome: CheckOutcome) {
	return outcome.kind === "broken" ? outcome : outcome.errors;
}

function keys(outcome: CheckOutcome): readonly string[] {
	return outcome.kind === "broken" ? [outcome.detail] : outcome.errors.map(({ key }) => key);
}

function states(outcome: CheckOutcome) {
	if (outcome.kind === "broken") return outcome;
	return Object.fromEntries(outcome.tests.map(({ id, state }) => [id, state]));
}

const options = '{ "compilerOptions": { "strict": true, "types": [] } }';

const faulty = {
	"tsconfig.json": options,
	"src/a.ts": 'export const fine = 1;\nexport const a: number = "x";\n',
	"src/b (1).ts": 'const from = { a: { b: "" } };\nexport const to: { a: { b: number } } = from;\n',
};

const nodeTests = `import assert from "node:assert";
import { describe, it, test } from "node:test";
describe("suite", () => {
	it("good", () => {});
	it("bad", () => assert.equal(1, 2));
	it.skip("left out", () => {});
	it.todo("later");
});
test("top", async (t) => { await t.test("sub", () => {}); });
`;

test("in a sandbox localhost has an address, and nobody else", async (context) => {
	needs(context, "bubblewrap");
	const script = `
		import { lookup } from "node:dns/promises";
		import { readFileSync } from "node:fs";
		await lookup("localhost");
		if (/[^\\s\\d.:]/.test(readFileSync("/etc/hosts", "utf8").replaceAll("localhost", ""))) process.exit(1);
	`;
	const check = { run: "node look.mjs", reports: "exit" } as const;
	const outcome = await checked(aTree({ "look.mjs": script }), check, { runner: bubblewrapRunner });
	expect(outcome).toMatchObject({ kind: "ran", exitCode: 0, errors: [] });
});

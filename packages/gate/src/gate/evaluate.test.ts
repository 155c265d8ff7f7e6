import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { processGroupRunner, type Runner, systemClock } from "@shopfloor/core/io";
import { inDepth, tempDir } from "@shopfloor/core/testing";
import { describe, expect, test } from "vitest";
import { baseOf, fetch, findCommit } from "../git/store.ts";
import { baseAt } from "../landing/combine.ts";
import { receiptStore } from "../receipts/receipt-store.ts";
import { aRepository, type Files, type TestRepository } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import type { Bench } from "./bench.ts";
import { type EvaluateOptions, type Evaluation, evaluate } from "./evaluate.ts";

const project: Files = {
	"package.json": '{ "type": "module", "scripts": { "test": "node --test" } }',
	"src/add.js": "export function add(a, b) {\n\treturn a + b;\n}\n",
	"test/add.test.js": testFile("adds", "add(1, 2), 3"),
};

function testFile(...tests: string[]): string {
	const lines = [
		'import assert from "node:assert";',
		'import test from "node:test";',
		'import { add } from "../src/add.js";',
	];
	for (let at = 0; at < tests.length; at += 2)
		lines.push(`test("${tests[at]}", () => assert.equal(${tests[at + 1]}));`);
	return `${lines.join("\n")}\n`;
}

describe("a change is", { timeout: 60_000 }, () => {
	test("good when it keeps everything, and its proof is kept", async () => {
		const { evaluated } = await world({ "src/add.js": "export const add = (a, b) => a + b;\n" });
		expect(await evaluated()).toMatchObject({
			decision: "good",
			reasons: [],
			receipt: expect.stringMatching(/^[0-9a-f]{32}$/),
		});
	});

	test("bad when a test of the base fails", async () => {
		const { evaluated } = await world({ "src/add.js": "export const add = (a, b) => a - b;\n" });
		expect(await evaluated()).toMatchObject({
			decision: "bad",
			reasons: [expect.stringMatching(/^tests: the test .*adds fails/)],
		});
	});

	test("bad when it takes the failing test away, and when it skips it", async () => {
		const broken = { "src/add.js": "export const add = (a, b) => a - b;\n" };
		const gone = await world({ ...broken, "test/add.test.js": testFile("subtracts", "add(3, 2), 1") });
		expect((await gone.evaluated()).decision).toBe("bad");
		const skipped = await world({
			...broken,
			"test/add.test.js": testFile("adds", "add(1, 2), 3").replace('"adds",', '"adds", { skip: true },'),
		});
		const found = await skipped.evaluated();
		expect(found.decision).toBe("bad");
		expect(found.findings.map(({ rule }) => rule)).toContain("skipped-tests");
	});

	test("asked about when it edits a test that its code now breaks", async () => {
		const { evaluated } = await world({
			"src/add.js": "export const add = (a, b) => a + b + 1;\n",
			"test/add.test.js": testFile("adds", "add(1, 2), 4"),
		});
		const found = await evaluated();
		expect(found.decision).toBe("ask");
		expect(found.findings.find(({ rule }) => rule === "old-test-fails")?.what).toMatch(
			/^the base's test `.*adds` fails/,
		);
		expect(await evaluated({ acceptedRules: new Set(found.findings.map(({ rule }) => rule)) })).toMatchObject({
			decision: "good",
		});
	});

	test("measured with the base's stick when it brings its own, and a person is asked", async () => {
		const { evaluated } = await world({
			"src/add.js": "export const add = (a, b) => a - b;\n",
			".shopfloor/gate.json": '{"checks":[{"name":"nothing","run":"true","reports":"exit"}]}',
			"package.json": '{ "type": "module", "scripts": { "test": "true" } }',
		});
		const found = await evaluated();
		expect(found.decision).toBe("bad");
		expect(found.reasons.join("\n")).toMatch(/tests: the test .*adds fails/);
	});

	test("bad when its new test cannot fail, and good when it can", async () => {
		const dull = await world({ "test/more.test.js": testFile("is dull", "typeof add, 'function'") });
		expect((await dull.evaluated()).findings.map(({ rule }) => rule)).toContain("test-cannot-fail");
		const lenient = {
			".shopfloor/gate.json": JSON.stringify({
				checks: [{ name: "tests", run: "node --test --test-reporter=tap", reports: "tap" }],
				rules: { "test-cannot-fail": "note" },
			}),
		};
		const known = await world(
			{ "test/more.test.js": testFile("is dull", "typeof add, 'function'") },
			{ ...project, ...lenient },
		);
		expect(await known.evaluated()).toMatchObject({ decision: "good", findings: [{ severity: "note" }] });
		const sharp = await world({ "test/more.test.js": testFile("adds more", "add(2, 5), 7") });
		expect(await sharp.evaluated()).toMatchObject({ decision: "good", findings: [] });
	});

	test("bad when it cannot be merged, with the files", async () => {
		const { evaluated, repository, store } = await world({ "src/add.js": "export const add = (a, b) => b + a;\n" });
		repository.commit({ "src/add.js": "export const add = (a, b) => Number(a) + b;\n" });
		await fetch(store);
		expect(await evaluated()).toMatchObject({ decision: "bad", conflicts: ["src/add.js"], tree: undefined });
	});

	test("unknown when nothing measures it, and when the check does not come to an end", async () => {
		const nothing = await world({ a: "a" }, { b: "b" });
		expect(await nothing.evaluated()).toMatchObject({
			decision: "unknown",
			reasons: [expect.stringMatching(/no check is configured/)],
		});
		const absent = await world(
			{ a: "a" },
			{ ".shopfloor/gate.json": '{"checks":[{"name":"x","run":"not-a-program","reports":"exit"}]}' },
		);
		expect(await absent.evaluated()).toMatchObject({
			decision: "unknown",
			reasons: [expect.stringMatching(/no program not-a-program/)],
		});
	});

	test("searched for secrets in every commit, also in those that a later one takes back", async () => {
		const { evaluated, repository, store } = await world({
			"src/key.js": 'export const key = "correct-horse-battery";\n',
		});
		repository.git("checkout", "--quiet", "work");
		repository.commit({ "src/key.js": "export const key = process.argv[2];\n" });
		repository.git("checkout", "--quiet", "main");
		await fetch(store);
		const found = await evaluated({ secrets: [{ name: "api-key", value: "correct-horse-battery" }] });
		expect(found).toMatchObject({ decision: "bad", reasons: [expect.stringMatching(/secrets: .*api-key/)] });
		expect(JSON.stringify(found)).not.toContain("correct-horse");
	});
});

test("a definition that speaks of rules that there are not is refused, with what was meant", async () => {
	const { evaluated } = await world(
		{ a: "a" },
		{ ".shopfloor/gate.json": '{"checks":[],"rules":{"skiped-tests":"off"}}' },
	);
	await expect(evaluated()).rejects.toThrow(/no rule "skiped-tests"; did you mean "skipped-tests"/);
});

test("what was found out once is not found out again", { timeout: 60_000 }, async () => {
	const { evaluated } = await world({ "test/more.test.js": testFile("adds more", "add(2, 5), 7") });
	const spent: number[] = [];
	const seen = ({ runs }: { runs: number }) => spent.push(runs);
	const first = await evaluated({ seen });
	// The base and the change once each; then the new test against the code as it is, and against mutants.
	expect(spent).toEqual([2, expect.any(Number)]);
	expect(spent[1]).toBeGreaterThan(1);
	spent.length = 0;
	expect(await evaluated({ seen })).toMatchObject({ decision: first.decision, receipt: first.receipt });
	expect(spent).toEqual([0]);
});

const vitest = fileURLToPath(new URL("../../../../node_modules/vitest/vitest.mjs", import.meta.url));
const withVitest: Files = {
	".shopfloor/gate.json": JSON.stringify({
		checks: [{ name: "tests", run: ["node", vitest, "run", "--globals"], reports: "vitest" }],
	}),
	"src/add.js": "export const add = (a, b) => a + b;\n",
	"test/helpers/same.js": "export const same = (a, b) => expect(a).toBe(b);\n",
	"test/add.test.js":
		'import { add } from "../src/add.js";\nimport { same } from "./helpers/same.js";\ntest("adds", () => same(add(1, 2), 3));\n',
};

/** Neither its name nor its text tells that the check is a test. */
const unnamed: Files = {
	".shopfloor/gate.json": withVitest[".shopfloor/gate.json"] ?? "",
	"vitest.config.js": 'export default { test: { include: ["checks/*.js"], setupFiles: ["./tools/check.js"] } };\n',
	"tools/check.js": "globalThis.check = (name, look) => test(name, () => look((is) => expect(is)));\n",
	"src/add.js": "export const add = (a, b) => a + b;\n",
	"checks/add.js": 'import { add } from "../src/add.js";\ncheck("adds", (that) => that(add(1, 2)).toBe(3));\n',
};

async function world(change: Files, base: Files = project) {
	const repository: TestRepository = aRepository(base);
	repository.branch("work", change);
	const stateDir = tempDir();
	const store = await aStore(repository.dir, stateDir);
	const runner: Runner = processGroupRunner;
	const bench: Bench = { store, receipts: receiptStore(stateDir), runner, clock: systemClock };
	return {
		repository,
		store,
		async evaluated(options: EvaluateOptions = {}): Promise<Evaluation> {
			const commit = await findCommit(store, "work");
			if (commit === undefined) throw new Error("the branch is there");
			return await evaluate(bench, commit, await baseAt(store.git, await baseOf(store, "main")), options);
		},
	};
}

test("a helper that tests lean on is run in the base's version, too: emptied, it hides nothing", {
	timeout: 60_000,
}, async () => {
	const { evaluated } = await world(
		{
			"src/add.js": "export const add = (a, b) => a - b;\n",
			"test/helpers/same.js": "export const same = () => {};\n",
		},
		withVitest,
	);
	const found = await evaluated();
	expect(found.findings.map(({ rule }) => rule)).toContain("old-test-fails");
	expect(found.decision).not.toBe("good");
});

describe("a test that no name tells", { timeout: 60_000 }, () => {
	test("is run in the base's version when the base ran it", async () => {
		const { evaluated } = await world(
			{
				"src/add.js": "export const add = (a, b) => a - b;\n",
				"checks/add.js": 'const retries = (count) => count;\ncheck("adds", () => retries(3));\n',
			},
			unnamed,
		);
		expect(await evaluated({ readOnly: true })).toMatchObject({ decision: "good", findings: [] });
		const found = await evaluated();
		expect(found.findings.map(({ rule, path }) => [rule, path])).toEqual([
			["test-patience", "checks/add.js"],
			["old-test-fails", "checks/add.js"],
		]);
		// From now on it is known, also where nothing is run.
		expect((await evaluated({ readOnly: true })).findings.map(({ rule }) => rule)).toEqual(["test-patience"]);
	});

	inDepth("is found by who is answered by a receipt alone", async () => {
		const { evaluated, store } = await world(
			{
				"checks/more.js":
					'import { add } from "../src/add.js";\ncheck("more", (that) => that(typeof add).toBe("function"));\n',
			},
			unnamed,
		);
		await evaluated();
		for (const kept of ["test-files", "findings"]) rmSync(join(store.dir, kept), { recursive: true });
		const again = await evaluated();
		expect(again.verdicts).toEqual([]);
		expect(again.findings.map(({ rule }) => rule)).toEqual(["test-cannot-fail"]);
	});
});

test.each([
	["rubbish", "{", /it is no JSON/],
	["a key that there is not", '{ "checks": [{ "name": "x", "rn": "a", "reports": "exit" }] }', /checks\.0/],
	["a rule that there is not", '{ "checks": [], "rules": { "skiped-tests": "off" } }', /no rule "skiped-tests"/],
])("a definition of %s does not come in, whoever accepts what", async (_, text, words) => {
	const { evaluated } = await world({ ".shopfloor/gate.json": text });
	const { decision, findings } = await evaluated({ readOnly: true });
	expect(decision).toBe("bad");
	expect(findings.find(({ rule }) => rule === "broken-definition")?.what).toMatch(words);
});

test("a skip that a person accepts excuses the tests of its file, and no other", { timeout: 60_000 }, async () => {
	const sum = (text: string) => `import { add } from "../src/add.js";\n${text}\n`;
	const { evaluated } = await world(
		{
			"test/sum.test.js": sum('test.skip("sums", () => expect(add(2, 2)).toBe(4));'),
			"test/add.test.js": 'test("is something else", () => expect(1).toBe(1));\n',
		},
		{ ...withVitest, "test/sum.test.js": sum('test("sums", () => expect(add(2, 2)).toBe(4));') },
	);
	const { reasons, givenUp, accepted } = await evaluated({ acceptedRules: new Set(["skipped-tests"]) });
	expect(givenUp).toEqual(["test/sum.test.js > sums"]);
	expect(accepted).toEqual(["skipped-tests"]);
	expect(reasons.join("\n")).toMatch(/the test test\/add.test.js > adds is gone/);
	expect(reasons.join("\n")).not.toMatch(/sums/);
});

describe("of a change that will be judged together with others", { timeout: 60_000 }, () => {
	const looked = async (change: Files, base: Files = withVitest) => {
		const { evaluated } = await world(change, base);
		const ran: string[] = [];
		const tell: EvaluateOptions["tell"] = (told) => {
			if (told.kind === "running") ran.push(told.part ? "part" : "whole");
		};
		return { found: await evaluated({ together: true, tell }), ran };
	};

	test("nothing is run when it touches no test, but the base once, whose tests no name may tell", async () => {
		const { found, ran } = await looked({ "src/add.js": "export const add = (a, b) => a - b;\n" });
		// That it breaks another's test is for the judge of all to find.
		expect(found).toMatchObject({ decision: "good", reasons: [], verdicts: [], receipt: undefined });
		expect(ran).toEqual(["whole"]);
		expect((await looked({ "readme.md": "A project.\n" })).ran).toEqual([]);
	});

	test("the tests of a file are run that only the base's run told to be one", async () => {
		const emptied = await looked(
			{ "src/add.js": "export const add = (a, b) => a - b;\n", "checks/add.js": 'check("adds", () => {});\n' },
			unnamed,
		);
		expect(emptied.found.findings.map(({ rule }) => rule)).toContain("old-test-fails");
		expect(emptied.found.decision).not.toBe("good");
	});

	inDepth("only its own tests are run, and must be able to fail", async () => {
		const more = (of: string) => `import { add } from "../src/add.js";\ntest("more", () => ${of});\n`;
		const sharp = await looked({ "test/more.test.js": more("expect(add(2, 5)).toBe(7)") });
		expect(sharp.found).toMatchObject({ decision: "good", receipt: undefined });
		expect(sharp.ran.slice(0, 2)).toEqual(["whole", "part"]);
		expect(sharp.ran.slice(2)).not.toContain("whole");
		const dull = await looked({ "test/more.test.js": more("expect(typeof add).toBe('function')") });
		expect(dull.found.findings.map(({ rule }) => rule)).toContain("test-cannot-fail");
		const red = await looked({ "test/more.test.js": more("expect(add(2, 5)).toBe(8)") });
		expect(red.found).toMatchObject({ decision: "bad", reasons: [expect.stringMatching(/the new test .*more fails/)] });
	});

	test("a test that is gone from a file it touches is missed", async () => {
		const { found } = await looked({ "test/add.test.js": 'test("is something else", () => expect(1).toBe(1));\n' });
		expect(found).toMatchObject({ decision: "bad" });
		expect(found.reasons.join("\n")).toMatch(/the test test\/add.test.js > adds is gone/);
		const deleted = await looked({ "test/add.test.js": null });
		expect(deleted.found.reasons.join("\n")).toMatch(/the test test\/add.test.js > adds is gone/);
	});

	test("all is run when it touches a helper, or the measuring stick", async () => {
		const helper = await looked({ "test/helpers/same.js": "export const same = (a, b) => expect(b).toBe(a);\n" });
		expect(helper.ran.slice(0, 3)).toEqual(["whole", "part", "whole"]);
		expect(helper.found.receipt).toBeDefined();
		const stick = await looked({ ".shopfloor/gate.json": '{"checks":[]}' });
		expect(stick.ran).toEqual(["whole"]);
		expect(stick.found.decision).not.toBe("good");
	});
});

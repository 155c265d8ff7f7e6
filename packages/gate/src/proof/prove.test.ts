import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { inDepth, tempDir } from "@shopfloor/core/testing";
import { describe, expect, test } from "vitest";
import type { CheckOutcome, TestResult } from "../checks/check.ts";
import { readTap } from "../checks/reporters/tap.ts";
import { fileKinds } from "../ratchet/file-kinds.ts";
import type { ChangedFile, Diff } from "../ratchet/rule.ts";
import { newTests } from "./new-tests.ts";
import type { Proof } from "./proof.ts";
import { proofFindings } from "./proof-findings.ts";
import { type ProofBudget, type Proven, prove } from "./prove.ts";
import type { BenchJob, TestBench } from "./test-bench.ts";

type Texts = Readonly<Record<string, string>>;
type Runner = "vitest" | "node";

const kinds = fileKinds();

/** Each story starts a runner about six times, on a machine that may have other work. */
const storyMs = 120_000;

describe("in a change of code with its tests", () => {
	const before = {
		"src/cart.ts": `
export function total(prices: readonly number[]): number {
	let sum = 0;
	for (let i = 1; i < prices.length; i++) sum += prices[i] ?? 0;
	return sum;
}
export const isEmpty = (prices: readonly number[]): boolean => prices.length === 0;
`,
		"src/cart.test.ts": `
import { expect, test } from "vitest";
import { total } from "./cart.ts";
test("nothing costs nothing", () => { expect(total([])).toBe(0); });
`,
	};
	const after = {
		"src/cart.ts": before["src/cart.ts"].replace("i = 1", "i = 0"),
		"src/tax.ts": "export function tax(price: number): number {\n\treturn price > 100 ? price * 0.2 : 0;\n}\n",
		"src/cart.test.ts": `
import { describe, expect, test } from "vitest";
import { isEmpty, total } from "./cart.ts";
test("nothing costs nothing", () => { expect(total([])).toBe(0); });
describe("a full cart", () => {
	test("costs all that is in it", () => { expect(total([1, 2])).toBe(3); });
	test("is a cart", () => { const cart = "cart"; expect(cart).toBe("cart"); });
	test("is not empty", () => expect(isEmpty([1])).toBe(false));
	test("can be computed", () => { isEmpty([1]); });
	test.each([[[5], 5], [[2, 2], 4], [[0, 7], 7]])("%j costs %i", (prices, cost) => { expect(total(prices)).toBe(cost); });
});
`,
		"src/tax.test.ts": `
import { expect, it } from "vitest";
import { tax } from "./tax.ts";
it("is due above a hundred", async () => { await null; expect(tax(200)).toBe(40); });
it("is defined", () => { expect(tax).toBeDefined(); });
`,
	};

	test("each new test fails on the base or on a mutant, or is found", { timeout: storyMs }, async () => {
		const { proofs, runs } = await proven(before, after, "vitest");
		expect(inShort(proofs)).toMatchInlineSnapshot(`
			[
			  "a full cart > costs all that is in it: on the base, failed",
			  "a full cart > is a cart: UNPROVEN runs-no-code, 0 tried",
			  "a full cart > is not empty: src/cart.ts:7 \`isEmpty\` gives undefined",
			  "a full cart > can be computed: UNPROVEN survives-all, 3 tried",
			  "a full cart > [5] costs 5: on the base, failed",
			  "a full cart > [2,2] costs 4: on the base, failed",
			  "a full cart > [0,7] costs 7: src/cart.ts:2 \`total\` does nothing",
			  "is due above a hundred: src/tax.ts:1 \`tax\` does nothing",
			  "is defined: UNPROVEN runs-no-code, 0 tried",
			]
		`);
		expect(runs).toMatchInlineSnapshot(`
			{
			  "base": 2,
			  "confirming": 0,
			  "mutants": 3,
			  "steady": 2,
			  "watched": 1,
			}
		`);
		expect(
			proofFindings(proofs).map(({ severity, path, line, what }) => `${severity} ${path}:${line} ${what}`),
		).toMatchInlineSnapshot(`
			[
			  "block src/cart.test.ts:7 the new test \`a full cart > is a cart\` runs no code of the project, so nothing that happens to the code can make it fail",
			  "block src/cart.test.ts:9 the new test \`a full cart > can be computed\` cannot fail: it passes with each of the 3 mutations of the code it runs",
			  "block src/tax.test.ts:5 the new test \`is defined\` runs no code of the project, so nothing that happens to the code can make it fail",
			]
		`);
	});
});

describe("in a change of tests alone", () => {
	const code = {
		"src/queue.ts": `
export class Queue<T> {
	readonly #items: T[] = [];
	constructor(readonly limit = 3) {}
	push(item: T): boolean {
		if (this.#items.length >= this.limit) throw new Error("full");
		this.#items.push(item);
		return true;
	}
	*drain(): Generator<T> {
		while (this.#items.length > 0) yield this.#items.shift() as T;
	}
	async next(): Promise<T | undefined> {
		await Promise.resolve();
		return this.#items[0];
	}
}
`,
		"tsconfig.json": '{ "compilerOptions": { "jsx": "react", "jsxFactory": "h" } }',
		"src/words.tsx": `
const h = (tag: string, props: object | null, ...children: unknown[]) => ({ tag, props, children });
/** Goes on for ever without its step. */
export function countTo(end: number): number {
	let n = 0;
	while (n < end) n++;
	return n;
}
export const Greeting = ({ name }: { name: string }) => <p lang="en">Hello {name.trim()}</p>;
`,
	};
	const tests = {
		"src/queue.test.ts": `
import { beforeEach, describe, expect, test } from "vitest";
import { Queue } from "./queue.ts";
import { Greeting, countTo } from "./words.tsx";
describe("a queue", () => {
	let queue: Queue<number>;
	beforeEach(() => { queue = new Queue<number>(2); queue.push(1); });
	test("gives back what was put in", () => { queue.push(2); expect([...queue.drain()]).toEqual([1, 2]); });
	test("has a limit", () => { queue.push(2); expect(() => queue.push(3)).toThrow("full"); });
	test.concurrent("can wait", async ({ expect }) => { const own = new Queue<string>(); own.push("a"); expect(await own.next()).toBe("a"); });
	test.concurrent("can be waited for", async () => { const own = new Queue<string>(); own.push("a"); await own.next(); });
	test("is prepared", () => { expect(queue).toBeDefined(); });
	test("is one", () => { expect(1).toBe(1); });
});
test("counting ends", () => { expect(countTo(2)).toBeGreaterThanOrEqual(0); });
test("a greeting names the guest", () => { expect(Greeting({ name: " Ann " }).children).toEqual(["Hello ", "Ann"]); });
`,
	};

	test("each fails on a mutant of what it runs, or is found", { timeout: storyMs }, async () => {
		const { proofs, runs } = await proven(code, { ...code, ...tests }, "vitest", { mutantRuns: 4 });
		expect(inShort(proofs)).toMatchInlineSnapshot(`
			[
			  "a queue > gives back what was put in: src/queue.ts:5 \`push\` does nothing",
			  "a queue > has a limit: src/queue.ts:5 \`push\` does nothing",
			  "a queue > can wait: src/queue.ts:4 \`3\` becomes \`0\`",
			  "a queue > can be waited for: src/queue.ts:4 \`3\` becomes \`0\`",
			  "a queue > is prepared: unknown out-of-budget, 2 tried (there was no time to try more)",
			  "a queue > is one: unknown out-of-budget, 2 tried (there was no time to try more)",
			  "counting ends: src/words.tsx:4 \`countTo\` does nothing",
			  "a greeting names the guest: src/words.tsx:9 \`Greeting\` gives undefined",
			]
		`);
		expect(runs).toMatchInlineSnapshot(`
			{
			  "base": 0,
			  "confirming": 0,
			  "mutants": 4,
			  "steady": 2,
			  "watched": 1,
			}
		`);
	});

	inDepth("it is the same for the runner of Node", { timeout: storyMs }, async () => {
		const plain = {
			"package.json": '{ "type": "module" }',
			"lib/slug.js": `
export function slug(text) {
	const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
	return words.length > 0 ? words.join("-") : "none";
}
`,
		};
		const added = {
			"test/slug.test.js": `
import assert from "node:assert/strict";
import { describe, it, test } from "node:test";
import { slug } from "../lib/slug.js";
describe("a slug", () => {
	it("joins words", () => { assert.equal(slug("A b"), "a-b"); });
	it("is made", () => { slug("A b"); });
});
test("more", async (t) => {
	await t.test("nothing has a name", () => assert.equal(slug("1"), "none"));
	await t.test("strings are strings", () => assert.equal(typeof "a", "string"));
});
`,
		};
		const { proofs, runs } = await proven(plain, { ...plain, ...added }, "node", { mutantRuns: 30 });
		expect(inShort(proofs)).toMatchInlineSnapshot(`
			[
			  "a slug > joins words: lib/slug.js:2 \`slug\` does nothing",
			  "a slug > is made: UNPROVEN survives-all, 9 tried",
			  "more > nothing has a name: lib/slug.js:2 \`slug\` does nothing",
			  "more > strings are strings: UNPROVEN runs-no-code, 0 tried",
			]
		`);
		expect(runs).toMatchInlineSnapshot(`
			{
			  "base": 0,
			  "confirming": 0,
			  "mutants": 9,
			  "steady": 2,
			  "watched": 1,
			}
		`);
	});
});

function inShort(proofs: readonly Proof[]): string[] {
	return proofs.map(inOneLine);
}

function inOneLine(proof: Proof): string {
	const { name } = proof.test;
	switch (proof.kind) {
		case "fails-on-base":
			return `${name}: on the base, ${proof.how}`;
		case "fails-on-mutant":
			return `${name}: ${proof.mutant.file}:${proof.mutant.line} ${proof.mutant.what}`;
		case "unsteady":
			return `${name}: UNSTEADY on the ${proof.where}`;
		case "unproven":
			return `${name}: UNPROVEN ${proof.why}, ${proof.tried} tried`;
		case "unknown":
			return `${name}: unknown ${proof.why}, ${proof.tried} tried (${proof.detail})`;
	}
}

/** The whole way: both trees are run, the new tests found, and proven. */
async function proven(base: Texts, head: Texts, runner: Runner, budget: Partial<ProofBudget> = {}): Promise<Proven> {
	const bench = aBench(head, runner);
	const recordPath = join(tempDir(), "record");
	const testFiles = Object.keys(head).filter((path) => kinds.isTest(path));
	const results = await bench.run({ overlay: new Map(), testFiles });
	if (results.kind !== "ran") throw new Error(results.detail);
	expect(results.tests.filter(({ state }) => state !== "passed")).toEqual([]);
	expect(results.tests).not.toEqual([]);
	const diff = aDiff(base, head);
	const old = results.tests.filter(({ file, name }) => base[file]?.includes(`"${name}"`));
	return prove({
		...{ diff, kinds, bench, budget, secret: "of this story" },
		tests: newTests({ head: results.tests, base: old, diff, kinds }),
		sources: { read: async (path) => head[path] },
		record: {
			path: recordPath,
			async take() {
				if (!existsSync(recordPath)) return "";
				const text = readFileSync(recordPath, "utf8");
				rmSync(recordPath);
				return text;
			},
		},
	});
}

function aDiff(before: Texts, after: Texts): Diff {
	const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
		(path) => before[path] !== after[path],
	);
	const files = paths.map((path): ChangedFile => {
		const [was = null, is = null] = [before[path], after[path]];
		return {
			...{
				status: was === null ? "added" : is === null ? "deleted" : "modified",
				path,
				from: was === null ? null : path,
			},
			...{
				modeBefore: was === null ? null : "100644",
				modeAfter: is === null ? null : "100644",
				before: was,
				after: is,
			},
			...{ bytesBefore: was?.length ?? 0, bytesAfter: is?.length ?? 0, binary: false, hunks: [] },
		};
	});
	return { base: "base", head: "head", files };
}

/** A tree in a folder of its own, and the real runner. */
function aBench(head: Texts, runner: Runner): TestBench {
	const dir = realpathSync(tempDir());
	mkdirSync(join(dir, "node_modules"));
	symlinkSync(vitestDir, join(dir, "node_modules/vitest"));
	for (const path of Object.keys(head)) write(path, head[path] ?? null);
	return {
		async run({ overlay, testFiles, env = {} }: BenchJob): Promise<CheckOutcome> {
			for (const [path, text] of overlay) write(path, text);
			try {
				return await (runner === "vitest" ? runVitest(dir, testFiles, env) : runNode(dir, testFiles, env));
			} finally {
				for (const path of overlay.keys()) write(path, head[path] ?? null);
			}
		},
	};

	function write(path: string, text: string | null): void {
		const at = join(dir, path);
		if (text === null) rmSync(at, { force: true });
		else {
			mkdirSync(dirname(at), { recursive: true });
			writeFileSync(at, text);
		}
	}
}

const vitestDir = dirname(createRequire(import.meta.url).resolve("vitest/package.json"));

async function runVitest(dir: string, files: readonly string[], env: Texts): Promise<CheckOutcome> {
	const args = [join(vitestDir, "vitest.mjs"), "run", "--reporter=json", "--maxWorkers=1", `--root=${dir}`, ...files];
	const { code, stdout, stderr } = await runProgram(dir, args, env);
	const report = JSON.parse(stdout.slice(stdout.indexOf("{"))) as VitestReport;
	const tests = report.testResults.flatMap(({ name: path, assertionResults }) =>
		assertionResults.map(({ ancestorTitles, title, status, failureMessages = [] }): TestResult => {
			const [file, name] = [path.slice(dir.length + 1), [...ancestorTitles, title].join(" > ")];
			return {
				id: `${file} > ${name}`,
				file,
				name,
				state: status === "passed" ? "passed" : status === "failed" ? "failed" : "skipped",
				ms: 0,
				message: failureMessages.join(),
			};
		}),
	);
	const failed = report.testResults.filter(
		({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
	);
	if (tests.length === 0 && failed.length === 0) return { kind: "broken", reason: "no-tests", detail: stderr, ms: 0 };
	return { kind: "ran", errors: [], tests, exitCode: code, ms: 0 };
}

interface VitestReport {
	readonly testResults: readonly {
		readonly name: string;
		readonly status: string;
		readonly assertionResults: readonly {
			readonly ancestorTitles: readonly string[];
			readonly title: string;
			readonly status: string;
			readonly failureMessages?: readonly string[];
		}[];
	}[];
}

async function runNode(dir: string, files: readonly string[], env: Texts): Promise<CheckOutcome> {
	const { code, stdout, stderr } = await runProgram(dir, ["--test", "--test-reporter=tap", ...files], env);
	return readTap({ exitCode: code, ms: 0, output: stdout, tail: stderr, roots: [dir], part: true });
}

function runProgram(
	dir: string,
	args: readonly string[],
	env: Texts,
): Promise<{ code: number; stdout: string; stderr: string }> {
	return new Promise((done, fail) => {
		const child = spawn(process.execPath, args, {
			cwd: dir,
			env: { PATH: process.env["PATH"], ...env },
			stdio: ["ignore", "pipe", "pipe"],
		});
		let [stdout, stderr] = ["", ""];
		child.stdout.setEncoding("utf8").on("data", (text: string) => {
			stdout += text;
		});
		child.stderr.setEncoding("utf8").on("data", (text: string) => {
			stderr += text;
		});
		child.on("error", fail);
		child.on("close", (code) => done({ code: code ?? -1, stdout, stderr }));
	});
}

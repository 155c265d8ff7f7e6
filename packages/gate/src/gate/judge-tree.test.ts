import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processGroupRunner, systemClock } from "@shopfloor/core/io";
import { inDepth, tempDir } from "@shopfloor/core/testing";
import { describe, expect, test } from "vitest";
import { mergeTree } from "../git/objects.ts";
import { baseOf, findCommit } from "../git/store.ts";
import { baseAt } from "../landing/combine.ts";
import { receiptStore } from "../receipts/receipt-store.ts";
import { aRepository, type Files } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import type { Bench, JudgeOptions } from "./bench.ts";
import { evaluate } from "./evaluate.ts";
import { judgeTree } from "./judge-tree.ts";
import { probeTree } from "./probe-tree.ts";

const adds = "export const add = (a, b) => a + b;\n";
const subtracts = "export const add = (a, b) => a - b;\n";
const harmless: Files = { "readme.md": "Another project\n" };

describe("a test that comes and goes on the base", { timeout: 300_000 }, () => {
	inDepth(
		"excuses nobody: one that failed there by chance is broken by who fails it for good, at every judgement",
		async () => {
			const world = await aWorld(counting("count > 0"), { "src/add.js": subtracts });
			for (let time = 1; time <= 6; time++) expect(await world.judged()).toMatchObject({ kind: "bad" });
			// What is known of the base was put right: also where it is not run again.
			expect(await world.probed()).toMatchObject({ kind: "bad" });
		},
	);

	test("stands in no innocent's way", async () => {
		const world = await aWorld(counting("count % 3 !== 1"), harmless);
		for (let time = 1; time <= 6; time++) expect(await world.judged({ fresh: true })).toMatchObject({ kind: "good" });
	});
});

test("nobody is named a culprit for a failure that is known, and does not show again", {
	timeout: 60_000,
}, async () => {
	const world = await aWorld(counting("count !== 1"), harmless);
	expect(await world.judged()).toMatchObject({ kind: "good" });
	expect(await world.probed()).toEqual({ kind: "good" });
});

describe("a proof that is known", { timeout: 60_000 }, () => {
	test("answers as long as the files are the same that the checkout lends", async () => {
		const world = await aWorld(guarded, harmless);
		world.write({ ".env.test": "good" });
		const first = await world.judged();
		expect(first).toMatchObject({ kind: "good" });
		expect([await world.judged(), world.runs]).toEqual([first, 0]);
		world.write({ ".env.test": "bad" });
		expect(await world.judged()).toMatchObject({ kind: "bad" });
		// One that is empty is something else than none.
		world.write({ ".env.test": null });
		expect(await world.judged()).toMatchObject({ kind: "good" });
		world.write({ ".env.test": "" });
		expect(await world.judged()).toMatchObject({ kind: "bad" });
		world.write({ ".env.test": "good" });
		expect([await world.judged(), world.runs]).toEqual([first, 0]);
	});

	test("is none when they changed while it was found out, and neither is a result", async () => {
		const world = await aWorld(guarded, harmless);
		const judged = await world.judged({
			tell(told) {
				if (told.kind === "ran" && told.tree === world.tree) world.write({ ".env.test": "bad" });
			},
		});
		expect(judged).toMatchObject({ kind: "unknown", why: expect.stringMatching(/changed while it was checked/) });
		expect(world.receipts()).toEqual([]);
		expect(await world.judged()).toMatchObject({ kind: "bad" });
	});

	test("is taken back by a fresh look that is not good, until there is a newer one", async () => {
		const world = await aWorld(guarded, harmless);
		const first = await world.judged();
		world.machine("fails");
		// Nothing that is looked at has changed.
		expect([await world.judged(), world.runs]).toEqual([first, 0]);
		expect(await world.judged({ fresh: true })).toMatchObject({ kind: "bad" });
		expect(world.receipts()).toEqual([]);
		expect(await world.judged()).toMatchObject({ kind: "bad" });
		world.machine("works");
		expect(await world.judged()).toMatchObject({ kind: "bad" });
		expect(await world.judged({ fresh: true })).toEqual(first);
		expect([await world.judged(), world.runs]).toEqual([first, 0]);
	});

	test("is taken back where the fresh look came to nothing", async () => {
		const world = await aWorld(guarded, harmless);
		const first = await world.judged();
		world.machine("dies");
		expect(await world.judged({ fresh: true })).toMatchObject({ kind: "unknown" });
		expect(world.receipts()).toEqual([]);
		expect(await world.judged()).toMatchObject({ kind: "unknown" });
		world.machine("works");
		expect([await world.judged(), world.runs]).toEqual([first, 1]);
	});

	test("is taken back by a fresh look at less than everything", async () => {
		const world = await aWorld(guarded, harmless);
		await world.judged();
		world.machine("fails");
		expect(await world.judged({ fresh: true, only: { relatedTo: ["readme.md"] } })).toMatchObject({ kind: "bad" });
		expect(await world.judged()).toMatchObject({ kind: "bad" });
	});

	test("is taken back along with those for which tests were given up", async () => {
		const checks = [
			{ name: "tests", run: "node --test --test-reporter=tap", reports: "tap" },
			{ name: "guarded", run: "node check.mjs", reports: "exit" },
		];
		const project = {
			...guarded,
			...counting("true"),
			".shopfloor/gate.json": JSON.stringify({ checks }),
			"src/old.js": "export const old = () => 1;\n",
			"test/old.test.js":
				'import test from "node:test";\nimport { old } from "../src/old.js";\ntest("is old", () => old());\n',
		};
		const world = await aWorld(project, { ...harmless, "src/old.js": null, "test/old.test.js": null });
		expect(await world.evaluated()).toMatchObject({ decision: "good", givenUp: [expect.stringMatching(/is old/)] });
		world.machine("fails");
		expect(await world.evaluated({ fresh: true })).toMatchObject({ decision: "bad" });
		expect(await world.evaluated()).toMatchObject({ decision: "bad" });
	});
});

describe("what could not be found out is told of its side", { timeout: 60_000 }, () => {
	const check = (run: string): Files => ({
		".shopfloor/gate.json": JSON.stringify({ checks: [{ name: "it", run, reports: "exit" }] }),
	});
	const outOfStep: Files = {
		"package.json": '{ "dependencies": { "left-pad": "1.3.0" } }',
		"package-lock.json": '{ "name": "x", "lockfileVersion": 3, "packages": { "": { "name": "x" } } }',
	};

	test.each<[string, "base" | "change", Files, Files]>([
		["a program that is not there", "base", check("not-a-program"), harmless],
		[
			"a check that the change kills",
			"change",
			check("node check.mjs"),
			{ "check.mjs": "process.kill(process.pid, 9);\n" },
		],
		["dependencies of the change that cannot be installed", "change", check("true"), outOfStep],
		["dependencies of the base that cannot be installed", "base", { ...check("true"), ...outOfStep }, harmless],
	])("%s: the %s", async (_, side, project, change) => {
		const world = await aWorld({ "check.mjs": "", ...project }, change);
		expect(await world.judged()).toMatchObject({ kind: "unknown", side, why: expect.stringMatching(side) });
	});
});

/** Its test counts its runs, whatever tree they are in, and fails at those for which that does not hold. */
function counting(holds: string): Files {
	const counter = join(tempDir(), "count");
	return {
		"package.json": '{ "type": "module", "scripts": { "test": "node --test" } }',
		"src/add.js": adds,
		"test/add.test.js": `import assert from "node:assert";
import fs from "node:fs";
import test from "node:test";
import { add } from "../src/add.js";
test("adds", () => {
	const count = fs.existsSync("${counter}") ? Number(fs.readFileSync("${counter}", "utf8")) : 0;
	fs.writeFileSync("${counter}", String(count + 1));
	assert.ok(${holds});
	assert.equal(add(1, 2), 3);
});
`,
	};
}

/** Its check is bad for the change alone: by what the checkout lends, or by what nobody looks at. */
const guarded: Files = {
	".shopfloor/gate.json": JSON.stringify({
		checks: [{ name: "guarded", run: "node check.mjs", reports: "exit" }],
		copy: [".env.test"],
	}),
	".gitignore": ".env.test\n",
	"readme.md": "A project\n",
	"check.mjs": `import fs from "node:fs";
const textOf = (path) => (fs.existsSync(path) ? fs.readFileSync(path, "utf8") : undefined);
const lent = textOf(".env.test") ?? "good";
const machine = textOf("MACHINE") ?? "works";
if (textOf("readme.md") !== "A project\\n") {
	if (lent !== "good" || machine === "fails") process.exitCode = 1;
	if (machine === "dies") process.kill(process.pid, "SIGKILL");
}
`,
};

async function aWorld(project: Files, change: Files) {
	const machine = join(tempDir(), "machine");
	const files = Object.entries(project).map(([path, text]) => [path, String(text).replace("MACHINE", machine)]);
	const repository = aRepository(Object.fromEntries(files));
	repository.branch("work", change);
	const stateDir = tempDir();
	const store = await aStore(repository.dir, stateDir);
	const bench: Bench = { store, receipts: receiptStore(stateDir), runner: processGroupRunner, clock: systemClock };
	const base = await baseAt(store.git, await baseOf(store, "main"));
	const commit = (await findCommit(store, "work")) ?? "";
	const merged = await mergeTree(store.git, base.commit, commit);
	if (merged.kind !== "clean") throw new Error("it merges");
	const world = {
		/** Of checks, the last time. */
		runs: 0,
		tree: merged.tree,
		write: repository.write,
		machine: (how: "works" | "fails" | "dies") => writeFileSync(machine, how),
		receipts: () => (readdirSync(stateDir).includes("receipts") ? readdirSync(join(stateDir, "receipts")) : []),
		async judged(options: JudgeOptions = {}) {
			world.runs = 0;
			const seen = ({ runs }: { runs: number }) => {
				world.runs += runs;
			};
			return (await judgeTree(bench, merged.tree, base, { quick: true, seen, ...options })).judgement;
		},
		probed: async () => await probeTree(bench, merged.tree, base, [{ check: "tests" }]),
		evaluated: async (options: JudgeOptions = {}) => await evaluate(bench, commit, base, options),
	};
	return world;
}

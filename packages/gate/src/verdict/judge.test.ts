import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { describe, expect, test } from "vitest";
import type { Broken, CheckOutcome } from "../checks/check.ts";
import type { Selection } from "../checks/selection.ts";
import { aProject, checked } from "../checks/testing/a-project.ts";
import { type HistoryFile, historyFile } from "./history-file.ts";
import { judge } from "./judge.ts";
import { type History, noHistory } from "./test-history.ts";
import { anOutcome } from "./testing/an-outcome.ts";

const good = anOutcome({ "a > x": "passed" });
const bad = anOutcome({ "a > x": "failed" });
const baseTree = "t";
const killed: Broken = { kind: "broken", reason: "killed", detail: "", ms: 1 };

test("without a failing test both are run once", async () => {
	const runs = answering({ base: [good], head: [good] });
	expect((await judge({ baseTree, on: runs.on })).verdict.overall).toBe("same");
	expect(runs.asked).toEqual([["base"], ["head"]]);
});

test("a failing test's file is run again, twice on both, whatever comes of it", async () => {
	const runs = answering({ base: [good, good, good], head: [bad, good, good] });
	const { verdict, reruns } = await judge({ baseTree, on: runs.on });
	expect(verdict).toMatchObject({ overall: "same", tests: { flakes: ["a > x"] } });
	const again = { files: ["a"] };
	expect(runs.asked.slice(2)).toEqual([
		["head", again],
		["base", again],
		["head", again],
		["base", again],
	]);
	expect(reruns).toEqual({ head: [good, good], base: [good, good] });
});

test("a renamed file is asked for by its old name on the base", async () => {
	const runs = answering({ base: [anOutcome({ "old > x": "passed" })], head: [anOutcome({ "new > x": "failed" })] });
	const { verdict } = await judge({ baseTree, on: runs.on, renames: { files: new Map([["old", "new"]]) } });
	expect(runs.asked.slice(2, 4)).toEqual([
		["head", { files: ["new"] }],
		["base", { files: ["old"] }],
	]);
	expect(verdict).toMatchObject({ overall: "worse", tests: { broken: [{ fault: "mine" }] } });
});

test("a run that was killed is run once more, and no more", async () => {
	const once = answering({ base: [good], head: [killed, good] });
	expect((await judge({ baseTree, on: once.on })).verdict.overall).toBe("same");
	const always = answering({ base: [good], head: [killed] });
	expect((await judge({ baseTree, on: always.on })).verdict.overall).toBe("unknown");
	expect(always.asked).toEqual([["base"], ["head"], ["head"]]);
});

test("what disagrees with itself is not asked a second time", async () => {
	const runs = answering({ base: [good], head: [{ ...killed, reason: "disagrees" }] });
	expect((await judge({ baseTree, on: runs.on })).verdict.overall).toBe("unknown");
	expect(runs.asked).toEqual([["base"], ["head"]]);
});

test("a first look asks for its part of the tree only, and says so", async () => {
	const only = { relatedTo: ["a.ts"] };
	const runs = answering({ base: [anOutcome({ "a > x": "passed", "b > y": "passed" })], head: [good] });
	expect((await judge({ baseTree, on: runs.on, only })).verdict).toMatchObject({ overall: "same", part: true });
	expect(runs.asked).toEqual([["base"], ["head", only]]);
});

test("a test that really comes and goes is found out, charged to nobody, and remembered", {
	timeout: 120_000,
}, async () => {
	const counter = join(tempDir(), "count");
	// Passes, fails, passes, fails …, whatever tree it is in.
	const text = `import fs from "node:fs"; import { describe, expect, test } from "vitest";
		test("comes and goes", () => {
			const count = fs.existsSync("${counter}") ? Number(fs.readFileSync("${counter}", "utf8")) : 0;
			fs.writeFileSync("${counter}", String(count + 1));
			expect(count % 2).toBe(0);
		});`;
	const base = aProject({ "a.test.js": text });
	const head = aProject({ "a.test.js": text });
	const history = historyFile(tempDir(), "tests");
	const run = (tree: string) => (only?: Selection) => checked(tree, { run: "vitest run", reports: "vitest" }, { only });
	// Base, tree, then tree and base twice: the tree fails at first and passes twice, the base passes and then fails twice.
	const { verdict } = await judge({ baseTree, on: { base: run(base), head: run(head) }, history });
	expect(verdict).toMatchObject({
		overall: "same",
		tests: { broken: [{ fault: "flake" }], flakes: ["a.test.js > comes and goes"] },
	});
	expect(history.read().get("a.test.js > comes and goes")).toMatchObject({
		base: "p",
		head: "f",
		flakes: [{ tree: baseTree, ms: expect.any(Number) }],
	});
});

function answering(answers: { base: readonly CheckOutcome[]; head: readonly CheckOutcome[] }) {
	const asked: (readonly [string, Selection?])[] = [];
	const left = { base: [...answers.base], head: [...answers.head] };
	const answer = (side: "base" | "head") => async (only?: Selection) => {
		asked.push(only === undefined ? [side] : [side, only]);
		const [next = killed] = left[side];
		if (left[side].length > 1) left[side].shift();
		return next;
	};
	return { asked, on: { base: answer("base"), head: answer("head") } };
}

test("a test that failed on the base by chance excuses nobody: it is asked again before a failure counts as the base's", async () => {
	const runs = answering({ base: [bad, good, good], head: [bad, bad, bad] });
	expect((await judge({ baseTree, on: runs.on })).verdict).toMatchObject({
		overall: "worse",
		tests: { broken: [{ was: "passed", fault: "mine" }], stillFailing: [] },
	});
	const always = answering({ base: [bad], head: [bad] });
	expect((await judge({ baseTree, on: always.on })).verdict).toMatchObject({
		overall: "same",
		tests: { stillFailing: [{}] },
	});
});

test("what has failed on the base again and again is not asked any more", async () => {
	const history = historyFile(tempDir(), "tests");
	for (let time = 0; time < 3; time++)
		await judge({ baseTree, on: answering({ base: [bad], head: [bad] }).on, history });
	const runs = answering({ base: [bad], head: [bad] });
	expect((await judge({ baseTree, on: runs.on, history })).verdict.overall).toBe("same");
	expect(runs.asked).toEqual([["base"], ["head"]]);
});

test("a branch that fails a test again and again does not make it one that fails for good", async () => {
	const history = historyFile(tempDir(), "tests");
	// The base failed it once, and that is what is known of the base at every judgement.
	for (let time = 0; time < 6; time++) {
		const { on } = answering({ base: [bad, good], head: [bad] });
		expect((await judge({ baseTree, on, history })).verdict.overall).toBe("worse");
	}
});

test("one that failed on the base by chance is missed when the change takes it away or skips it", async () => {
	for (const head of [anOutcome({ "b > y": "passed" }), anOutcome({ "a > x": "skipped" })]) {
		const runs = answering({ base: [bad, good], head: [head] });
		expect((await judge({ baseTree, on: runs.on })).verdict).toMatchObject({
			overall: "worse",
			tests: { vanished: [{ test: { id: "a > x" } }] },
		});
		expect(runs.asked).toEqual([["base"], ["head"], ["base", { files: ["a"] }], ["base", { files: ["a"] }]]);
	}
});

test("a test that was moved is asked again where it was", async () => {
	const moved = anOutcome({ "b > x": "failed" });
	const runs = answering({ base: [bad, good], head: [moved] });
	const renames = { tests: new Map([["a > x", "b > x"]]) };
	expect((await judge({ baseTree, on: runs.on, renames })).verdict.overall).toBe("worse");
	expect(runs.asked.slice(2, 4)).toEqual([
		["head", { files: ["b"] }],
		["base", { files: ["a"] }],
	]);
});

describe("of a thousand judgements of a test that fails one time in three on the base", () => {
	test("hardly one blames an innocent", async () => {
		expect(await worseOf(1_000, () => chance() < 1 / 3)).toBeLessThan(10);
	});

	test("hardly one lets a change in that breaks it for good", async () => {
		expect(await worseOf(1_000, () => true)).toBeGreaterThan(980);
	});

	/** The base moves with every tenth, as in a factory that lands. */
	async function worseOf(times: number, fails: () => boolean): Promise<number> {
		let history: History = noHistory;
		const file: HistoryFile = {
			read: () => history,
			async write(next) {
				history = next;
			},
		};
		let worse = 0;
		for (let time = 0; time < times; time++) {
			const on = { base: async () => (chance() < 1 / 3 ? bad : good), head: async () => (fails() ? bad : good) };
			const { verdict } = await judge({ baseTree: `tree ${Math.floor(time / 10)}`, on, history: file });
			if (verdict.overall === "worse") worse++;
		}
		return worse;
	}
});

/** The same numbers at every run of these tests. */
function chance(): number {
	seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
	return seed / 2 ** 32;
}

let seed = 1;

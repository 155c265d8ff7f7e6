import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import type { Broken, CheckOutcome } from "../checks/check.ts";
import type { Selection } from "../checks/selection.ts";
import { aProject, checked } from "../checks/testing/a-project.ts";
import { historyFile } from "./history-file.ts";
import { judge } from "./judge.ts";
import { anOutcome } from "./testing/an-outcome.ts";

const good = anOutcome({ "a > x": "passed" });
const bad = anOutcome({ "a > x": "failed" });
const killed: Broken = { kind: "broken", reason: "killed", detail: "", ms: 1 };

test("without a failing test both are run once", async () => {
	const runs = answering({ base: [good], head: [good] });
	expect((await judge({ on: runs.on })).verdict.overall).toBe("same");
	expect(runs.asked).toEqual([["base"], ["head"]]);
});

test("a failing test's file is run again, twice on both, whatever comes of it", async () => {
	const runs = answering({ base: [good, good, good], head: [bad, good, good] });
	const { verdict, reruns } = await judge({ on: runs.on });
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
	const { verdict } = await judge({ on: runs.on, renames: { files: new Map([["old", "new"]]) } });
	expect(runs.asked.slice(2, 4)).toEqual([
		["head", { files: ["new"] }],
		["base", { files: ["old"] }],
	]);
	expect(verdict).toMatchObject({ overall: "worse", tests: { broken: [{ fault: "mine" }] } });
});

test("a run that was killed is run once more, and no more", async () => {
	const once = answering({ base: [good], head: [killed, good] });
	expect((await judge({ on: once.on })).verdict.overall).toBe("same");
	const always = answering({ base: [good], head: [killed] });
	expect((await judge({ on: always.on })).verdict.overall).toBe("unknown");
	expect(always.asked).toEqual([["base"], ["head"], ["head"]]);
});

test("what disagrees with itself is not asked a second time", async () => {
	const runs = answering({ base: [good], head: [{ ...killed, reason: "disagrees" }] });
	expect((await judge({ on: runs.on })).verdict.overall).toBe("unknown");
	expect(runs.asked).toEqual([["base"], ["head"]]);
});

test("a first look asks for its part of the tree only, and says so", async () => {
	const only = { relatedTo: ["a.ts"] };
	const runs = answering({ base: [anOutcome({ "a > x": "passed", "b > y": "passed" })], head: [good] });
	expect((await judge({ on: runs.on, only })).verdict).toMatchObject({ overall: "same", part: true });
	expect(runs.asked).toEqual([["base"], ["head", only]]);
});

test("a test that really comes and goes is found out, charged to nobody, and remembered", {
	timeout: 120_000,
}, async () => {
	const counter = join(tempDir(), "count");
	// Passes, fails, passes, fails …, whatever tree it is in.
	const text = `import fs from "node:fs"; import { expect, test } from "vitest";
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
	const { verdict } = await judge({ on: { base: run(base), head: run(head) }, history });
	expect(verdict).toMatchObject({
		overall: "same",
		tests: { broken: [{ fault: "flake" }], flakes: ["a.test.js > comes and goes"] },
	});
	expect(history.read().get("a.test.js > comes and goes")).toMatchObject({
		recent: "f",
		flakesMs: [expect.any(Number)],
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
	expect((await judge({ on: runs.on })).verdict).toMatchObject({
		overall: "worse",
		tests: { broken: [{ was: "passed", fault: "mine" }], stillFailing: [] },
	});
	const always = answering({ base: [bad], head: [bad] });
	expect((await judge({ on: always.on })).verdict).toMatchObject({ overall: "same", tests: { stillFailing: [{}] } });
});

test("what has failed again and again is not asked any more", async () => {
	const history = historyFile(tempDir(), "tests");
	for (let time = 0; time < 3; time++) await judge({ on: answering({ base: [bad], head: [bad] }).on, history });
	const runs = answering({ base: [bad], head: [bad] });
	expect((await judge({ on: runs.on, history })).verdict.overall).toBe("same");
	expect(runs.asked).toEqual([["base"], ["head"]]);
});

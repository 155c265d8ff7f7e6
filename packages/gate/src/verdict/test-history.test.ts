import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { describe, expect, test } from "vitest";
import type { Ran } from "../checks/check.ts";
import { historyFile } from "./history-file.ts";
import {
	failsSteadily,
	type History,
	inOrder,
	isKnownFlake,
	isQuarantined,
	noHistory,
	remember,
	type Seen,
	testsMax,
} from "./test-history.ts";
import { anOutcome } from "./testing/an-outcome.ts";

const passed = anOutcome({ "a > x": "passed" });
const failed = anOutcome({ "a > x": "failed" });
const day = 24 * 3_600_000;

describe("a flake", () => {
	test("is what passed and failed on one tree of the base", () => {
		const history = remember(noHistory, {
			base: passed,
			baseTree: "t",
			head: failed,
			reruns: { base: [passed, failed], head: [] },
			nowMs: 5,
		});
		expect(isKnownFlake(history, "a > x", 6)).toBe(true);
		expect(isKnownFlake(history, "a > x", 30 * day)).toBe(false);
	});

	test("is not what a branch made unsteady", () => {
		const history = remember(noHistory, {
			base: passed,
			baseTree: "t",
			head: failed,
			reruns: { base: [passed, passed], head: [passed, failed] },
			nowMs: 5,
		});
		expect(isKnownFlake(history, "a > x", 6)).toBe(false);
	});

	test("is in quarantine for two weeks after the third tree", () => {
		let history: History = noHistory;
		for (const nowMs of [1 * day, 2 * day, 3 * day]) {
			expect(isQuarantined(history, "a > x", nowMs)).toBe(false);
			history = flaked(history, `tree ${nowMs}`, nowMs);
		}
		expect(isQuarantined(history, "a > x", 4 * day)).toBe(true);
		expect(isQuarantined(history, "a > x", 16 * day)).toBe(false);
	});

	test("counts once for each tree, however often that is asked about", () => {
		let history: History = noHistory;
		for (let time = 0; time < 10; time++) history = flaked(history, "the same tree", time);
		expect(isKnownFlake(history, "a > x", 10)).toBe(true);
		expect(isQuarantined(history, "a > x", 10)).toBe(false);
	});

	test("is one under the name that it has on the base", () => {
		const head = anOutcome({ "b > x": "failed" });
		const history = remember(noHistory, {
			base: passed,
			baseTree: "t",
			head,
			reruns: { base: [failed], head: [head] },
			nowMs: 5,
		});
		expect([isKnownFlake(history, "a > x", 6), isKnownFlake(history, "b > x", 6)]).toEqual([true, false]);
	});

	function flaked(history: History, baseTree: string, nowMs: number): History {
		return remember(history, { base: passed, baseTree, head: failed, reruns: { base: [failed], head: [] }, nowMs });
	}
});

describe("a test fails steadily", () => {
	const seen = (base: Ran, again: readonly Ran[], head = failed) =>
		({ base, baseTree: "t", head, reruns: { base: again, head: [] }, nowMs: 1 }) satisfies Seen;
	const after = (...all: Seen[]) => failsSteadily(all.reduce(remember, noHistory), "a > x");

	test("when every run of the base says so, three times", () => {
		const one = seen(failed, [failed, failed]);
		expect([after(one, one), after(one, one, one)]).toEqual([false, true]);
		expect(after(one, one, seen(failed, [failed, passed]), one, one)).toBe(false);
		expect(after(one, one, one, seen(passed, []))).toBe(false);
	});

	test("not because a branch fails it, nor because one failure of the base is read again and again", () => {
		const broken = seen(passed, [passed, passed]);
		expect(after(broken, broken, broken, broken)).toBe(false);
		const read = seen(failed, []);
		expect(after(read, read, read, read)).toBe(false);
	});
});

test("files that failed lately come first, then the slow ones", () => {
	const of = (head: string, ms: number, base = "") => ({ base, head, ms, flakes: [] });
	const history = new Map([
		["quick > x", of("pp", 1)],
		["slow > x", of("pp", 300)],
		["slow > y", of("fpppp", 300)],
		["bad > x", of("p", 1)],
		["bad > y", of("ppf", 2)],
		["middling > x", of("p", 500)],
		["unsteady > x", of("p", 1, "pfp")],
	]);
	expect(inOrder(history)).toEqual(["bad", "unsteady", "slow", "middling", "quick"]);
});

test("what is remembered has an end, and what was not seen for longest is forgotten", () => {
	let history: History = noHistory;
	const many = anOutcome(Object.fromEntries([...Array(testsMax).keys()].map((n) => [`f > ${n}`, "passed"])));
	history = remember(history, { base: many, baseTree: "t", head: many, nowMs: 1 });
	for (let time = 0; time < 30; time++)
		history = remember(history, { base: passed, baseTree: "t", head: passed, nowMs: 2 });
	expect(history.size).toBe(testsMax);
	expect(history.get("a > x")).toEqual({ base: "pppppp", head: "pppppp", ms: 5, flakes: [] });
});

describe("in a file", () => {
	test("it is as it was", async () => {
		const file = historyFile(tempDir(), "tests");
		expect(file.read()).toEqual(noHistory);
		const history = remember(noHistory, {
			base: passed,
			baseTree: "t",
			head: failed,
			reruns: { base: [failed], head: [] },
			nowMs: 1,
		});
		await file.write(history);
		expect(file.read()).toEqual(history);
	});

	const older = '{"version":1,"tests":[["a > x",{"recent":"fff","ms":1,"flakesMs":[1,2,3]}]]}';
	test.each(["", "{", older, '{"version":2,"tests":[["a",{}]]}'])("%j is begun anew", (text) => {
		const dir = tempDir();
		mkdirSync(join(dir, "tests"));
		writeFileSync(join(dir, "tests", "tests.json"), text);
		expect(historyFile(dir, "tests").read()).toEqual(noHistory);
	});
});

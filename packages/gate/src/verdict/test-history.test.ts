import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { describe, expect, test } from "vitest";
import { historyFile } from "./history-file.ts";
import { type History, inOrder, isKnownFlake, isQuarantined, noHistory, remember, testsMax } from "./test-history.ts";
import { anOutcome } from "./testing/an-outcome.ts";

const passed = anOutcome({ "a > x": "passed" });
const failed = anOutcome({ "a > x": "failed" });

describe("a flake", () => {
	test("is what passed and failed on one tree of the base", () => {
		const history = remember(noHistory, {
			base: passed,
			head: failed,
			reruns: { base: [passed, failed], head: [] },
			nowMs: 5,
		});
		expect(isKnownFlake(history, "a > x")).toBe(true);
	});

	test("is not what a branch made unsteady", () => {
		const history = remember(noHistory, {
			base: passed,
			head: failed,
			reruns: { base: [passed, passed], head: [passed, failed] },
			nowMs: 5,
		});
		expect(isKnownFlake(history, "a > x")).toBe(false);
	});

	test("is kept in quarantine for two weeks after the third time", () => {
		const day = 24 * 3_600_000;
		let history: History = noHistory;
		for (const nowMs of [1 * day, 2 * day, 3 * day]) {
			expect(isQuarantined(history, "a > x", nowMs)).toBe(false);
			history = remember(history, { base: passed, head: failed, reruns: { base: [failed], head: [] }, nowMs });
		}
		expect(isQuarantined(history, "a > x", 4 * day)).toBe(true);
		expect(isQuarantined(history, "a > x", 16 * day)).toBe(false);
	});
});

test("files that failed lately come first, then the slow ones", () => {
	const of = (recent: string, ms: number) => ({ recent, ms, flakesMs: [] });
	const history = new Map([
		["quick > x", of("pp", 1)],
		["slow > x", of("pp", 300)],
		["slow > y", of("fpppp", 300)],
		["bad > x", of("p", 1)],
		["bad > y", of("ppf", 2)],
		["middling > x", of("p", 500)],
	]);
	expect(inOrder(history)).toEqual(["bad", "slow", "middling", "quick"]);
});

test("what is remembered has an end, and what was not seen for longest is forgotten", () => {
	let history: History = noHistory;
	const many = anOutcome(Object.fromEntries([...Array(testsMax).keys()].map((n) => [`f > ${n}`, "passed"])));
	history = remember(history, { base: many, head: many, nowMs: 1 });
	for (let time = 0; time < 30; time++) history = remember(history, { base: passed, head: passed, nowMs: 2 });
	expect(history.size).toBe(testsMax);
	expect(history.get("a > x")).toEqual({ recent: "p".repeat(20), ms: 5, flakesMs: [] });
});

describe("in a file", () => {
	test("it is as it was", async () => {
		const file = historyFile(tempDir(), "tests");
		expect(file.read()).toEqual(noHistory);
		const history = remember(noHistory, { base: passed, head: failed, nowMs: 1 });
		await file.write(history);
		expect(file.read()).toEqual(history);
	});

	test.each(["", "{", '{"version":2,"tests":[]}', '{"version":1,"tests":[["a",{}]]}'])("%j is begun anew", (text) => {
		const dir = tempDir();
		mkdirSync(join(dir, "tests"));
		writeFileSync(join(dir, "tests", "tests.json"), text);
		expect(historyFile(dir, "tests").read()).toEqual(noHistory);
	});
});

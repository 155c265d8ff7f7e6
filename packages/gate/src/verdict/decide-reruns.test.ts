import { expect, test } from "vitest";
import type { Broken, Ran, TestState } from "../checks/check.ts";
import type { Comparison } from "./comparison.ts";
import { decideMore, decideReruns } from "./decide-reruns.ts";
import type { History } from "./test-history.ts";
import { anOutcome } from "./testing/an-outcome.ts";

test("only files with a test that fails here, and may have passed on the base, are run again", () => {
	const base = anOutcome({ "a > x": "passed", "b > x": "failed", "c > x": "skipped", "d > x": "passed" });
	const head = anOutcome({
		"a > x": "failed",
		"b > x": "failed",
		"c > x": "failed",
		"d > x": "passed",
		"e > x": "failed",
	});
	const files = (history: History = new Map()) => decideReruns({ base, head, memory: { history, nowMs: 1 } })?.files;
	expect(files()).toEqual(["a", "b"]);
	expect(files(new Map([["b > x", remembered("fff", "")]]))).toEqual(["a"]);
	expect(files(new Map([["b > x", remembered("fpfff", "")]]))).toEqual(["a", "b"]);
	// What changes did to it says nothing about the base.
	expect(files(new Map([["b > x", remembered("f", "ffffff")]]))).toEqual(["a", "b"]);
	const fine = anOutcome({ "a > x": "passed", "b > x": "passed", "c > x": "failed", "e > x": "failed" });
	expect(decideReruns({ base, head: fine })).toBeUndefined();
});

test("what could not be measured is not run again", () => {
	const broken: Broken = { kind: "broken", reason: "killed", detail: "", ms: 1 };
	const outcome = anOutcome({ "a > x": "failed" });
	expect(decideReruns({ base: broken, head: outcome })).toBeUndefined();
	expect(decideReruns({ base: outcome, head: broken })).toBeUndefined();
});

test("a test is asked for on the base where it was: in a file of another name, or in another file", () => {
	const base = anOutcome({ "old > x": "passed" });
	const head = anOutcome({ "new > x": "failed" });
	const plan = { files: ["new"], baseFiles: ["old"] };
	expect(decideReruns({ base, head, renames: { files: new Map([["old", "new"]]) } })).toEqual(plan);
	expect(decideReruns({ base, head, renames: { tests: new Map([["old > x", "new > x"]]) } })).toEqual(plan);
});

test("one that failed on the base and does not run here is looked at on the base: it may be missed", () => {
	const base = anOutcome({ "a > x": "failed", "b > x": "failed", "c > x": "passed" });
	const head = anOutcome({ "b > x": "skipped", "c > x": "passed" });
	expect(decideReruns({ base, head })).toEqual({ files: [], baseFiles: ["a", "b"] });
	const memory = { history: new Map([["a > x", remembered("fff", "")]]), nowMs: 1 };
	expect(decideReruns({ base, head, memory })).toEqual({ files: [], baseFiles: ["b"] });
	expect(decideReruns({ base, head, part: { allOf: ["b"] } })).toEqual({ files: [], baseFiles: ["b"] });
	expect(decideReruns({ base, head, part: true })).toBeUndefined();
});

test("there is an end to it: those with the fewest failures are run", () => {
	const all = (state: TestState) =>
		anOutcome(
			Object.fromEntries(
				[...Array(30).keys()].flatMap((n) => [...Array(30 - n).keys()].map((m) => [`f${n} > ${m}`, state])),
			),
		);
	const plan = decideReruns({ base: all("passed"), head: all("failed") });
	expect(plan?.files).toHaveLength(20);
	expect(plan?.files[0]).toBe("f29");
});

test("two runs decide, and six about what is unsteady", () => {
	const good = anOutcome({ "a > x": "passed" });
	const bad = anOutcome({ "a > x": "failed" });
	const times = (head: readonly Ran[], there: readonly Ran[], more: Partial<Comparison> = {}) => {
		const plan = { files: ["a"], baseFiles: ["a"] };
		for (let count = 0; ; count++) {
			const reruns = { head: head.slice(0, count), base: there.slice(0, count) };
			if (!decideMore(plan, { base: good, head: bad, ...more, reruns })) return count;
		}
	};
	const always = (outcome: Ran) => Array<Ran>(10).fill(outcome);
	const memory = {
		history: new Map([["a > x", { ...remembered("p", ""), flakes: [{ tree: "t", ms: 1 }] }]]),
		nowMs: 2,
	};
	expect(times(always(bad), always(good))).toBe(2);
	expect(times(always(bad), always(good), { memory })).toBe(6);
	// Seen to come and go on the base just now.
	expect(times(always(bad), always(good), { base: bad })).toBe(6);
	expect(times([bad, bad, bad, good], always(good), { memory })).toBe(4);
	expect(times([bad, good, ...always(bad)], always(good))).toBe(6);
	expect(times([bad, good, ...always(bad)], [good, good, bad, good])).toBe(3);
	expect(times(always(bad), always(bad), { base: bad })).toBe(2);
});

function remembered(base: string, head: string) {
	return { base, head, ms: 1, flakes: [] };
}

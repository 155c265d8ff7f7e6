import { expect, test } from "vitest";
import type { Broken, TestState } from "../checks/check.ts";
import { decideReruns } from "./decide-reruns.ts";
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
	expect(decideReruns(base, head)).toEqual({ files: ["a", "b"], times: 2 });
	const steady = new Map([["b > x", { recent: "fff", ms: 1, flakesMs: [] }]]);
	expect(decideReruns(base, head, {}, steady)).toEqual({ files: ["a"], times: 2 });
	const unsteady = new Map([["b > x", { recent: "ffpfff", ms: 1, flakesMs: [] }]]);
	expect(decideReruns(base, head, {}, unsteady)?.files).toEqual(["a", "b"]);
	expect(decideReruns(base, anOutcome({ "a > x": "passed", "c > x": "failed", "e > x": "failed" }))).toBeUndefined();
});

test("what could not be measured is not run again", () => {
	const broken: Broken = { kind: "broken", reason: "killed", detail: "", ms: 1 };
	const outcome = anOutcome({ "a > x": "failed" });
	expect(decideReruns(broken, outcome)).toBeUndefined();
	expect(decideReruns(outcome, broken)).toBeUndefined();
});

test("a renamed file's tests have passed under its old name", () => {
	const renames = { files: new Map([["old", "new"]]) };
	expect(decideReruns(anOutcome({ "old > x": "passed" }), anOutcome({ "new > x": "failed" }), renames)?.files).toEqual([
		"new",
	]);
});

test("there is an end to it: those with the fewest failures are run", () => {
	const all = (state: TestState) =>
		anOutcome(
			Object.fromEntries(
				[...Array(30).keys()].flatMap((n) => [...Array(30 - n).keys()].map((m) => [`f${n} > ${m}`, state])),
			),
		);
	const plan = decideReruns(all("passed"), all("failed"));
	expect(plan?.files).toHaveLength(20);
	expect(plan?.files[0]).toBe("f29");
});

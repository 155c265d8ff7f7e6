import { describe, expect, test } from "vitest";
import type { CheckOutcome } from "../check.ts";
import type { Evidence } from "./evidence.ts";
import { readJunit } from "./junit.ts";
import { stableMessage } from "./stable-message.ts";
import { readTap } from "./tap.ts";
import { readTsc, tscArguments } from "./tsc.ts";
import { namePattern, readVitest, relatedWords } from "./vitest.ts";

describe("the compiler", () => {
	test.each([
		["errors, and a good end", 0, "a.ts(1,2): error TS1: x.\n", "disagrees"],
		["a bad end, and no error", 1, "Version 6\n", "disagrees"],
	])("%s is no verdict", (_what, exitCode, output, reason) => {
		expect(readTsc(evidence({ exitCode, output }))).toMatchObject({ kind: "broken", reason });
	});

	test("the same error twice counts twice", () => {
		const output = "a.ts(1,2): error TS1: x.\na.ts(9,2): error TS1: x.\n";
		expect(readTsc(evidence({ exitCode: 2, output }))).toMatchObject({
			errors: [{ key: "a.ts|TS1|x." }, { key: "a.ts|TS1|x." }],
		});
	});

	test("paths lose the tree's place, in messages too", () => {
		const output = `/tree/a.ts(1,2): error TS1: Type 'import("/tree/b").B'\r\n  is not what '/tree/c' says.\r\n`;
		expect(readTsc(evidence({ exitCode: 2, output }))).toMatchObject({
			errors: [{ key: `a.ts|TS1|Type 'import("b").B' is not what 'c' says.`, file: "a.ts" }],
		});
	});

	test("a solution is built anew, everything else from notes", () => {
		expect(tscArguments(["tsc", "-b", "--noEmit"], "/notes")).toContain("--force");
		expect(tscArguments(["tsc", "-p", "."], "/notes")).toEqual([
			"--pretty",
			"false",
			"--incremental",
			"--tsBuildInfoFile",
			"/notes",
		]);
	});

	test.each([
		["Type 'b | a' is\n  no 'c'.", "Type 'a | b' is no 'c'."],
		["Type '(x: b | a) => void | Promise<c | b>'.", "Type '(x: b | a) => void | Promise<c | b>'."],
		["Type '{ k: 2 | 1 } | null'.", "Type 'null | { k: 2 | 1 }'."],
	])("%j reads %j", (message, stable) => {
		expect(stableMessage(message)).toBe(stable);
	});
});

describe("TAP", () => {
	test.each([
		["nothing", 0, "", "no-report"],
		["something else", 0, "all is well\n", "no-report"],
		["no plan", 0, "TAP version 13\nok 1\nok 2\n", "bad-report"],
		["fewer than planned", 0, "TAP version 13\n1..3\nok 1\nok 2\n", "bad-report"],
		["more than planned", 0, "TAP version 13\n1..1\nok 1\nok 2\n", "bad-report"],
		["it gave up", 1, "TAP version 13\nok 1\nBail out! no more\n", "bad-report"],
		["no tests", 0, "TAP version 13\n1..0\n", "no-tests"],
		["a failure, and a good end", 0, "TAP version 13\n1..1\nnot ok 1 a\n", "disagrees"],
		["a bad end, and no failure", 1, "TAP version 13\n1..1\nok 1 a\n", "disagrees"],
	])("%s is no verdict", (_what, exitCode, output, reason) => {
		expect(readTap(evidence({ exitCode, output }))).toMatchObject({ kind: "broken", reason });
	});

	test("what has parts counts by them, and by itself when only it fails", () => {
		const parts = "    ok 1 - part\n    1..1\n";
		const of = (own: string, exitCode: number) =>
			states(
				readTap(evidence({ exitCode, output: `TAP version 13\n# Subtest: whole\n${parts}${own} 1 - whole\n1..1\n` })),
			);
		expect(of("ok", 0)).toEqual({ "whole > part": "passed" });
		expect(of("not ok", 1)).toEqual({ "whole > part": "passed", whole: "failed" });
	});

	test("two of one name are told apart by their order", () => {
		const output = "TAP version 13\n1..3\nok 1 - a\nnot ok 2 - a\nok 3 - a #2\n";
		expect(states(readTap(evidence({ exitCode: 1, output })))).toMatchObject({ a: "passed", "a #2": "failed" });
	});
});

describe("JUnit", () => {
	const wrap = (inner: string, attributes = "") =>
		`<?xml version="1.0"?><testsuites><testsuite name="s" ${attributes}>${inner}</testsuite></testsuites>`;
	const good = '<testcase classname="c" name="a" time="0.25"/>';
	const bad = '<testcase classname="c" name="b"><failure message="no &lt; yes">at /tree/b.js</failure></testcase>';

	test("suites within suites, files, states", () => {
		const inner = `${good}${bad}<testsuite name="in" file="/tree/in.js"><testcase name="x"><skipped/></testcase></testsuite>`;
		const outcome = readJunit(evidence({ exitCode: 1 }), wrap(inner, 'tests="3" failures="1"'));
		expect(states(outcome)).toEqual({ "c > a": "passed", "c > b": "failed", "in.js > x": "skipped" });
		expect(outcome).toMatchObject({ tests: [{ ms: 250 }, { message: "no < yes\nat b.js" }, {}] });
	});

	test.each([
		["none", 0, undefined, "no-report"],
		["cut off", 0, wrap(good).slice(0, -20), "bad-report"],
		["something else", 0, "<html/>", "bad-report"],
		["no XML", 0, "hello", "bad-report"],
		["definitions of its own", 0, `<!DOCTYPE x [<!ENTITY a "b">]>${wrap(good)}`, "bad-report"],
		["no tests", 0, wrap(""), "no-tests"],
		["more counted than listed", 0, wrap(good, 'tests="2"'), "disagrees"],
		["failures counted and not listed", 1, wrap(good, 'failures="1"'), "disagrees"],
		["a failure, and a good end", 0, wrap(bad), "disagrees"],
		["a bad end, and no failure", 1, wrap(good), "disagrees"],
	])("%s is no verdict", (_what, exitCode, report, reason) => {
		expect(readJunit(evidence({ exitCode }), report)).toMatchObject({ kind: "broken", reason });
	});

	test("an error of a suite is an error", () => {
		const report = wrap(`${good}<system-err>x</system-err><error message="cannot load"/>`, 'tests="1" errors="1"');
		expect(readJunit(evidence({ exitCode: 1 }), report)).toMatchObject({
			errors: [{ code: "s", message: "cannot load" }],
		});
	});
});

describe("vitest", () => {
	test.each([
		["no report", undefined, "no-report"],
		["an empty report", "", "bad-report"],
		["a report without a seal", '{"files":[],"unhandled":[]}', "bad-report"],
		["a report with another seal", `${"0".repeat(64)}\n{"files":[],"unhandled":[]}`, "bad-report"],
	])("%s is no verdict", (_what, text, reason) => {
		expect(readVitest(evidence({}), { text, key: "k" })).toMatchObject({ kind: "broken", reason });
	});

	test("related tests take the place of all", () => {
		expect(relatedWords(["vitest", "run", "--project=a"], ["b.ts"])).toEqual([
			"vitest",
			"related",
			"b.ts",
			"--project=a",
		]);
		expect(relatedWords(["vitest"], ["b.ts"])).toEqual(["vitest", "related", "b.ts"]);
	});

	test("a pattern of names matches those names only", () => {
		const pattern = new RegExp(namePattern(["sum > adds (1+1)", "|web| a", "twice #2"]) ?? "");
		for (const name of ["sum adds (1+1)", "a", "twice"]) expect(name).toMatch(pattern);
		for (const name of ["sum adds", "sum adds (1+1) more", "twice #2", "ab"]) expect(name).not.toMatch(pattern);
		expect(namePattern(["x".repeat(200_000)])).toBeUndefined();
	});
});

function evidence(part: Partial<Evidence>): Evidence {
	return { exitCode: 0, ms: 1, output: "", tail: part.output ?? "", roots: ["/tree"], part: false, ...part };
}

function states(outcome: CheckOutcome) {
	if (outcome.kind === "broken") return outcome;
	return Object.fromEntries(outcome.tests.map(({ id, state }) => [id, state]));
}

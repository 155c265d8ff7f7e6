/**
 * The Test Anything Protocol on standard output. A test is named by its path of names: few programs tell its file. What
 * has parts counts by its parts, and by itself when it fails although they passed.
 *
 * Out of reach: the tests write to the same output, so one that prints a whole stream of its own, plan and all, and ends
 * the process is believed.
 */
import { type FinalResults, Parser, type Result } from "tap-parser";
import type { CheckOutcome, TestResult } from "../check.ts";
import { agreed, broken, type Evidence, excerpt, withIds, withoutRoots } from "./evidence.ts";

export function readTap(evidence: Evidence): CheckOutcome {
	if (!/^(TAP version|1\.\.\d|ok\b|not ok\b|Bail out!)/m.test(evidence.output))
		return broken(evidence, "no-report", "it said nothing that is TAP");
	const { tests, final } = parsed(evidence);
	const fault = faultOf(final);
	if (fault !== undefined) return broken(evidence, "bad-report", fault);
	if (tests.length === 0 && !evidence.part) return broken(evidence, "no-tests", "no test ran");
	return agreed(evidence, { errors: [], tests: withIds(tests) });
}

function parsed({ output, roots }: Evidence): { tests: Omit<TestResult, "id">[]; final: FinalResults | undefined } {
	const tests: Omit<TestResult, "id">[] = [];
	let final: FinalResults | undefined;
	const parser = new Parser((results) => {
		final = results;
	});
	listen(parser);
	parser.end(output);
	return { tests, final };

	function listen(to: Parser): { failed: boolean } {
		const own = { failed: false };
		let parts: { failed: boolean } | undefined;
		to.on("child", (child: Parser) => {
			parts = listen(child);
		});
		to.on("assert", (result: Result) => {
			const state = stateOf(result);
			const failedInParts = parts?.failed ?? false;
			const whole = parts === undefined;
			parts = undefined;
			if (state === "failed") own.failed = true;
			if (whole || (state === "failed" && !failedInParts)) tests.push(testOf(result, state, roots));
		});
		return own;
	}
}

function stateOf({ ok, skip, todo }: Result): TestResult["state"] {
	if (todo !== false) return "todo";
	if (skip !== false) return "skipped";
	return ok ? "passed" : "failed";
}

function testOf(result: Result, state: TestResult["state"], roots: readonly string[]): Omit<TestResult, "id"> {
	// A file that does not load is named by its place, which is another in every bay.
	const name = withoutRoots(result.fullname || `test ${result.id}`, roots);
	const test = { file: "", name, state, ms: Math.round(result.time ?? 0) };
	return state === "failed" ? { ...test, message: excerpt(withoutRoots(saidBy(result), roots)) } : test;
}

function saidBy({ diag }: Result): string {
	const fields = diag as Record<string, unknown> | null;
	return [fields?.["error"], fields?.["message"], fields?.["stack"]]
		.filter((each) => typeof each === "string")
		.join("\n");
}

function faultOf(final: FinalResults | undefined): string | undefined {
	if (final === undefined) return "its output has no end";
	if (final.bailout) return `it gave up: ${final.bailout}`;
	if (final.plan.end === null) return "its output has no plan, so it may be cut off";
	const fault = final.failures.find((failure) => "tapError" in failure && failure.tapError && !isUnloaded(failure));
	return fault === undefined ? undefined : `its output is not lawful TAP: ${String(fault.tapError)}`;
}

/** Node's own runner gives a file that does not load the number of the test before it. It has failed all the same. */
function isUnloaded(failure: FinalResults["failures"][number]): boolean {
	return "ok" in failure && !failure.ok && /^test point id \d+ appears multiple times$/.test(String(failure.tapError));
}

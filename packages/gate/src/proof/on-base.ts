/** New tests with the code of the base: whether they fail there. */
import type { CheckOutcome, TestResult, TestState } from "../checks/check.ts";
import { filesOf, type ProofRun } from "./proof-run.ts";

/** The tests that fail with the code of the base, and those that are not there. */
export async function onBase(
	overlay: ReadonlyMap<string, string | null>,
	run: ProofRun,
): Promise<ReadonlyMap<string, "failed" | "absent">> {
	const { tests, diff, kinds } = run.proving;
	const files = [...new Set(tests.flatMap((test) => filesOf(test, diff, kinds)))];
	let runs: BaseRun[] = [{ files, outcome: await run.bench({ overlay, testFiles: files }, "base") }];
	// What ends the run of all may be one file; alone, each answers for itself.
	if (runs[0]?.outcome.kind === "broken" && files.length > 1 && files.length <= aloneMax) {
		runs = [];
		for (const file of files)
			if (!run.isOverTime)
				runs.push({ files: [file], outcome: await run.bench({ overlay, testFiles: [file] }, "base") });
	}
	const red = new Map<string, "failed" | "absent">();
	for (const test of tests) {
		const mine = filesOf(test, diff, kinds);
		const states = runs
			.filter((each) => each.files.some((file) => mine.includes(file)))
			.map((each) => stateIn(each, test));
		if (states.includes("failed")) red.set(test.id, "failed");
		else if (states.length > 0 && states.every((state) => state === "absent")) red.set(test.id, "absent");
	}
	return red;
}

/** More files than that in one broken run are more likely broken together than one by one. */
const aloneMax = 6;

interface BaseRun {
	readonly files: readonly string[];
	readonly outcome: CheckOutcome;
}

function stateIn({ files, outcome }: BaseRun, test: TestResult): TestState | "absent" | "unclear" {
	if (outcome.kind === "broken") {
		// A program that came to an end by itself, and to none of its tests.
		if (outcome.reason === "no-tests") return "absent";
		const ended = ["no-report", "bad-report", "disagrees"].includes(outcome.reason);
		return ended && files.length === 1 ? "absent" : "unclear";
	}
	const found = outcome.tests.find(({ id }) => id === test.id);
	if (found !== undefined) return found.state;
	// It loaded if any of its tests has a state; a file that did not is at most one failure, of the file itself.
	return outcome.tests.some(({ file, state }) => file === test.file && state !== "failed") ? "unclear" : "absent";
}

/** New tests with the code of the base: whether they fail there, every time. */
import type { CheckOutcome, TestResult, TestState } from "../checks/check.ts";
import type { Shown } from "./proof.ts";
import { filesOf, filesOfAll, type ProofRun } from "./proof-run.ts";
import { notPassingBetween } from "./steady.ts";

type Overlay = ReadonlyMap<string, string | null>;

/**
 * What is shown by those that fail there, and by those that are not there. One failure may be chance, so what failed is
 * run twice: one run serves them all, and it is done only when there is something to confirm.
 */
export async function onBase(
	tests: readonly TestResult[],
	overlay: Overlay,
	run: ProofRun,
): Promise<ReadonlyMap<string, Shown>> {
	const once = await statesOnBase(tests, overlay, run);
	const failed = tests.filter(({ id }) => once.get(id) === "failed");
	const shown = await notPassingBetween(failed, run);
	const again = failed.filter(({ id }) => !shown.has(id));
	const twice = again.length === 0 ? new Map() : await statesOnBase(again, overlay, run);
	for (const { id } of tests) if (once.get(id) === "absent") shown.set(id, { kind: "fails-on-base", how: "absent" });
	for (const { id } of again) {
		const state = twice.get(id);
		if (state === "failed") shown.set(id, { kind: "fails-on-base", how: "failed" });
		// The code of the base may waver as well: a change that repairs a race has such a test.
		else if (state === "passed") shown.set(id, { kind: "unsteady", where: "base" });
	}
	return shown;
}

type StateOnBase = "failed" | "passed" | "absent" | "unclear";

async function statesOnBase(
	tests: readonly TestResult[],
	overlay: Overlay,
	run: ProofRun,
): Promise<ReadonlyMap<string, StateOnBase>> {
	const { diff, kinds } = run.proving;
	const files = filesOfAll(tests, run.proving);
	let runs: BaseRun[] = [{ files, outcome: await run.bench({ overlay, testFiles: files }, "base") }];
	// What ends the run of all may be one file; alone, each answers for itself.
	if (runs[0]?.outcome.kind === "broken" && files.length > 1 && files.length <= aloneMax) {
		runs = [];
		for (const file of files)
			if (!run.isOverTime)
				runs.push({ files: [file], outcome: await run.bench({ overlay, testFiles: [file] }, "base") });
	}
	return new Map(
		tests.map((test) => {
			const mine = filesOf(test, diff, kinds);
			const states = runs
				.filter((each) => each.files.some((file) => mine.includes(file)))
				.map((each) => stateIn(each, test));
			return [test.id, togetherOf(states)];
		}),
	);
}

/** More files than that in one broken run are more likely broken together than one by one. */
const aloneMax = 6;

/** A runner that names no files tells of a test in the run of each. */
function togetherOf(states: readonly (TestState | StateOnBase)[]): StateOnBase {
	if (states.includes("failed")) return "failed";
	if (states.includes("passed")) return "passed";
	return states.length > 0 && states.every((state) => state === "absent") ? "absent" : "unclear";
}

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

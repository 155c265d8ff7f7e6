/** New tests again on the change's own tree: one that comes out differently there proves nothing anywhere. */
import type { CheckOutcome, TestResult } from "../checks/check.ts";
import { type Shown, unknown } from "./proof.ts";
import { filesOfAll, type ProofRun } from "./proof-run.ts";

/** With the run of the check itself, what fails every other time has passed one time in eight. */
const runsOfAny = 2;

/** One time in five hundred with the one that comes between, where texts give reason to look. */
const runsOnChance = 7;

/** Those that are not steady, or of which it could not be found out. Each run has the files that are due for it, all at once. */
export async function notSteady(run: ProofRun): Promise<Map<string, Shown>> {
	const shown = new Map<string, Shown>();
	for (let turn = 0; turn < runsOnChance; turn++) {
		const due = run.proving.tests.filter(({ id }) => !shown.has(id) && (turn < runsOfAny || run.onChance.has(id)));
		for (const [id, told] of await notPassing(due, run, turn < runsOfAny)) shown.set(id, told);
	}
	return shown;
}

/**
 * The same between two failures that are to prove something, for tests that may hang on chance or time. What goes by the
 * clock has passed all the times before, fails from then on, and would be found out by no run but this.
 */
export async function notPassingBetween(failed: readonly TestResult[], run: ProofRun): Promise<Map<string, Shown>> {
	return await notPassing(
		failed.filter(({ id }) => run.onChance.has(id)),
		run,
		false,
	);
}

async function notPassing(tests: readonly TestResult[], run: ProofRun, always: boolean): Promise<Map<string, Shown>> {
	if (tests.length === 0) return new Map();
	if (!always && run.isOverTime) return new Map(tests.map(({ id }) => [id, unknown("out-of-budget", 0, noTime)]));
	const job = { overlay: new Map(), testFiles: filesOfAll(tests, run.proving) };
	const outcome = await run.bench(job, "steady");
	return new Map(
		tests.flatMap(({ id }) => {
			const told = toldBy(outcome, id);
			return told === undefined ? [] : [[id, told] as const];
		}),
	);
}

const noTime = `there was no time to run it ${runsOnChance + 1} times on its own tree, as is done where the text speaks of chance or time`;

/** Undefined for one that passed. A run that came to no result says nothing of steadiness, and nothing else makes up for it. */
function toldBy(outcome: CheckOutcome, id: string): Shown | undefined {
	if (outcome.kind === "broken" && outcome.reason !== "no-tests")
		return unknown("no-answer", 0, `run once more on the same tree, it came to no result (${outcome.reason})`);
	const state = outcome.kind === "broken" ? undefined : outcome.tests.find((test) => test.id === id)?.state;
	return state === "passed" ? undefined : { kind: "unsteady", where: "head" };
}

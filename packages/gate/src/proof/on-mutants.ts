/** New tests with mutants of what they run: whether each fails on one. */
import type { CheckOutcome, TestResult } from "../checks/check.ts";
import { type Attempt, nextAttempt, ordersOf, type Pair, type Pending, without } from "./attempts.ts";
import { type Shown, unknown } from "./proof.ts";
import { filesOf, type ProofRun } from "./proof-run.ts";
import { sitesNamed, sitesOf } from "./test-sites.ts";
import { idOf, runWatched, tried } from "./try-mutants.ts";
import type { Recorded } from "./watch.ts";
import { reachOf, type Watching, watchTests } from "./watching.ts";

/** Writes what each test has shown into `shown`; returns the lines of those whose place is known. */
export async function onMutants(
	tests: readonly TestResult[],
	changed: readonly string[],
	run: ProofRun,
	shown: Map<string, Shown>,
): Promise<ReadonlyMap<string, number>> {
	const { diff, kinds, sources } = run.proving;
	const placed = await Promise.all(
		tests.map(async (test) => {
			const files = filesOf(test, diff, kinds);
			if (files.length <= 1) return { test, files };
			const texts = await Promise.all(files.map(async (file) => ({ file, text: (await sources.read(file)) ?? "" })));
			const named = texts.filter(({ file, text }) => sitesNamed(test.name, sitesOf(file, text)).length > 0);
			return { test, files: named.length > 0 ? named.map(({ file }) => file) : files };
		}),
	);
	const watching = await watchTests({ tests: placed, sources, kinds, watch: run.watch, changed });
	const { outcome, recorded } = await runWatched(watching, [...watching.tests.keys()], undefined, run);
	let pending: Pending[] = [];
	for (const [id, watched] of watching.tests) {
		const state = outcome.kind === "ran" ? outcome.tests.find((test) => test.id === id)?.state : undefined;
		if (state === "passed") {
			const reach = reachOf(watched, recorded, watching);
			pending.push({ watched, reach, own: reach.own, around: reach.around, survived: 0, lost: 0, wavered: false });
		} else if (!shown.has(id)) shown.set(id, notWatched(outcome, state));
	}
	pending = await tryAll(pending, watching, recorded, run, shown);
	for (const each of pending) {
		const { test } = each.watched;
		const verdict = judged(each);
		const isBelieved = shown.has(test.id) && verdict.kind === "unknown" && each.survived < triesThatTell;
		if (!isBelieved) shown.set(test.id, verdict);
	}
	return new Map([...watching.tests].flatMap(([id, { line }]) => (line === undefined ? [] : [[id, line] as const])));
}

/** A test that did not see so many mutants is not believed because its file does not load on the base. */
const triesThatTell = 4;

function notWatched(outcome: CheckOutcome, state: string | undefined): Shown {
	const detail =
		outcome.kind === "broken"
			? `its run under watch broke (${outcome.reason})`
			: `it passes, but under watch it is ${state ?? "not there"}`;
	return unknown("not-watched", 0, detail);
}

async function tryAll(
	pending: Pending[],
	watching: Watching,
	first: Recorded,
	run: ProofRun,
	shown: Map<string, Shown>,
): Promise<Pending[]> {
	// What a run without mutants comes by, ten times over, and room for the small ones.
	const placesMax = placesFree + 10 * first.places;
	const left = new Map(pending.map((each) => [each.watched.test.id, each]));
	const waiting: Attempt[] = [];
	for (let turn = 0; !run.isSpent; turn++) {
		const attempt = waiting.pop() ?? nextAttempt([...left.values()], turn);
		if (attempt === undefined) break;
		const again: Pair[] = [];
		for (const [pair, told] of await tried(attempt, ordersOf(attempt, run.watch, placesMax), watching, run)) {
			const id = idOf(pair);
			if (told === "again") again.push(pair);
			else if (typeof told === "string") left.set(id, without(left.get(id) ?? pair.pending, pair.mutant, told));
			else {
				shown.set(id, told);
				left.delete(id);
			}
		}
		const half = Math.ceil(again.length / 2);
		for (const pairs of [again.slice(half), again.slice(0, half)])
			if (pairs.length > 0) waiting.push({ kind: "own", pairs });
	}
	return [...left.values()];
}

/** A loop without an end is through this in a few seconds. */
const placesFree = 20_000_000;

/** Of a test that has failed on nothing. */
function judged({ watched, reach, own, around, survived, lost, wavered }: Pending): Shown {
	const { unseen } = watched;
	if (wavered) return { kind: "unsteady", where: "mutant" };
	if (own.length > 0 || around.length > 0)
		return unknown("out-of-budget", survived, survived === 0 ? noneTried : "there was no time to try more");
	if (lost > 0) return unknown("no-answer", survived, "some runs with a mutation came to no result");
	if (unseen.length > 0) return unknown("uses-unseen", survived, unseen.slice(0, unseenShown).join("; "));
	if (!reach.begun) return unknown("not-watched", survived, "its processes wrote nothing of what they ran");
	if (watched.sources.length > 0 && !reach.loaded)
		return unknown("not-watched", survived, "the code that it imports is run from another place");
	const runsCode = reach.own.length > 0 || reach.around.length > 0;
	return { kind: "unproven", why: runsCode ? "survives-all" : "runs-no-code", tried: survived };
}

const noneTried = "the budget was used up before a mutation was tried";

/** Enough to see what kind of test it is. */
const unseenShown = 3;

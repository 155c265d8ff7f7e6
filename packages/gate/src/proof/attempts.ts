/** Which mutants are tried with which tests next, and what a try told. */
import type { CheckOutcome } from "../checks/check.ts";
import type { Mutant } from "./mutant.ts";
import { entered, type Orders, type Recorded, type Watch } from "./watch.ts";
import type { Reach, WatchedTest } from "./watching.ts";

/** A test that has not failed yet, and what is left to try. */
export interface Pending {
	readonly watched: WatchedTest;
	readonly reach: Reach;
	/** In the order in which they are tried. */
	readonly own: readonly Mutant[];
	readonly around: readonly Mutant[];
	readonly survived: number;
	/** Tries that told nothing: then it is not known what all the mutants would have shown. */
	readonly lost: number;
	/** It failed with a mutant at one run and passed with it at the next. */
	readonly wavered: boolean;
}

/** Of each test its own mutant, in its own context; or one mutant for all. */
export type Attempt =
	| { readonly kind: "own"; readonly pairs: readonly Pair[] }
	| { readonly kind: "all"; readonly pairs: readonly Pair[]; readonly mutant: Mutant };

export interface Pair {
	readonly pending: Pending;
	readonly mutant: Mutant;
}

/** Undefined when nothing is left. The two kinds take turns, so that neither eats the budget of the other. */
export function nextAttempt(pending: readonly Pending[], turn: number): Attempt | undefined {
	const own = ownPairs(pending).slice(0, pairsMax);
	const all = forAll(pending);
	if (own.length > 0 && (all === undefined || turn % 2 === 0)) return { kind: "own", pairs: own };
	return all;
}

/** All orders go into one variable of the environment, for which 128 KiB is the most that a system takes. */
const pairsMax = 2_000;

/** Tests of one context, as the rows of a table, can only have the same mutant. */
function ownPairs(pending: readonly Pending[]): Pair[] {
	const taken = new Map<string, Mutant>();
	return pending.flatMap((each) => {
		const [mutant] = each.own;
		if (mutant === undefined) return [];
		const { contexts } = each.watched;
		if (contexts.some((context) => (taken.get(context) ?? mutant) !== mutant)) return [];
		for (const context of contexts) taken.set(context, mutant);
		return [{ pending: each, mutant }];
	});
}

function forAll(pending: readonly Pending[]): Attempt | undefined {
	const counts = new Map<Mutant, number>();
	for (const { around } of pending) for (const mutant of around) counts.set(mutant, (counts.get(mutant) ?? 0) + 1);
	// Of those that come first for one of the tests, the one that most of them run.
	const firsts = pending.flatMap(({ around }) => around.slice(0, 1));
	const [mutant] = firsts.sort((one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0));
	if (mutant === undefined) return undefined;
	const pairs = pending.filter(({ around }) => around.includes(mutant)).map((each) => ({ pending: each, mutant }));
	return { kind: "all", mutant, pairs };
}

export function ordersOf(attempt: Attempt, watch: Watch, placesMax: number): Orders {
	const tokenOf = ({ id }: Mutant) => watch.tokenOf("mutant", id);
	if (attempt.kind === "all") return { perTest: new Map(), forAll: tokenOf(attempt.mutant), placesMax };
	const perTest = attempt.pairs.flatMap(({ pending, mutant }) =>
		pending.watched.contexts.map((context) => [context, tokenOf(mutant)] as const),
	);
	return { perTest: new Map(perTest), placesMax };
}

export type Told =
	| "failed"
	| "survived"
	/** The mutant kept the file from loading or a hook from ending: any test there would fail so, whatever it says. */
	| "aside"
	| "lost"
	/** It failed, and did not when the same was run once more. */
	| "wavered"
	/** Nothing is known of any of them, and fewer at once may tell more. */
	| "again";

/**
 * A test has failed on a mutant when it failed and the mutant was run; what fails without it proves nothing. A run that
 * took too long is a failure where it can only be this test's, for without the mutant it had come to an end.
 */
export function toldBy(
	attempt: Attempt,
	pair: Pair,
	run: { outcome: CheckOutcome; recorded: Recorded; watch: Watch },
): Told {
	const { outcome, recorded, watch } = run;
	const wasRun = isReached(attempt, pair, recorded, watch.tokenOf("mutant", pair.mutant.id));
	if (outcome.kind === "broken") {
		if (attempt.kind === "own" && attempt.pairs.length > 1) return "again";
		if (attempt.kind === "all") return outcome.reason === "no-tests" ? "aside" : "lost";
		return outcome.reason === "timed-out" && wasRun ? "failed" : "lost";
	}
	const state = outcome.tests.find(({ id }) => id === pair.pending.watched.test.id)?.state;
	if (!wasRun) return "lost";
	if (attempt.kind === "all" && (state === undefined || !hasBegun(pair.pending.watched, recorded))) return "aside";
	if (state === "failed") return "failed";
	return state === "passed" ? "survived" : "lost";
}

function isReached(attempt: Attempt, { pending }: Pair, { reached }: Recorded, token: string): boolean {
	const contexts = attempt.kind === "own" ? pending.watched.contexts : [...reached.keys()];
	return contexts.some((context) => reached.get(context)?.has(token) ?? false);
}

function hasBegun({ contexts }: WatchedTest, { reached }: Recorded): boolean {
	return contexts.length === 0 || contexts.some((context) => reached.get(context)?.has(entered) ?? false);
}

/** The test with one mutant less to try. */
export function without(pending: Pending, mutant: Mutant, told: Told): Pending {
	return {
		...pending,
		own: pending.own.filter((each) => each !== mutant),
		around: pending.around.filter((each) => each !== mutant),
		survived: pending.survived + (told === "survived" ? 1 : 0),
		lost: pending.lost + (told === "lost" ? 1 : 0),
		wavered: pending.wavered || told === "wavered",
	};
}

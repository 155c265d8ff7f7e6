/**
 * What is remembered of each test between runs: how it ended lately, how long it took, and when it was seen to pass and to
 * fail on one tree of the base. What the base's runs showed is kept apart from what changes showed, and only the base's
 * word says that a test is a flake or fails for good: else a branch could fail until nobody minds it any more.
 */
import type { CheckOutcome, TestResult, TestState } from "../checks/check.ts";
import { fileOf } from "../checks/selection.ts";
import type { Reruns } from "./reruns.ts";

export type History = ReadonlyMap<string, Remembered>;

interface Remembered {
	/** On the base, a letter for each judgement that could tell: "p" it passed, "f" it never did. The newest last. */
	readonly base: string;
	/** The same of changes, each of which ran it once. */
	readonly head: string;
	readonly ms: number;
	/** When it was seen to be a flake of the base: once for each tree, however often that is asked about. */
	readonly flakes: readonly { readonly tree: string; readonly ms: number }[];
}

export const noHistory: History = new Map();

export interface Seen {
	readonly base: CheckOutcome;
	readonly baseTree: string;
	readonly head: CheckOutcome;
	readonly reruns?: Reruns;
	readonly nowMs: number;
}

/**
 * Pure. A test is remembered under the name that it has where it was run. What was not seen for longest comes last, and
 * falls off.
 */
export function remember(history: History, { base, baseTree, head, reruns, nowMs }: Seen): History {
	const seen = new Map<string, Remembered>();
	const known = (id: string, ms: number) => seen.get(id) ?? history.get(id) ?? { base: "", head: "", ms, flakes: [] };
	const again = (reruns?.base ?? []).map((outcome) => statesIn(outcome));
	for (const { id, state, ms } of testsIn(base)) {
		const before = known(id, ms);
		const states = [state, ...again.map((states) => states.get(id))];
		seen.set(id, {
			...before,
			base: `${before.base}${letterOf(states)}`.slice(-lettersMax),
			flakes: isFlake(states) ? withTree(before.flakes, { tree: baseTree, ms: nowMs }) : before.flakes,
		});
	}
	for (const { id, state, ms } of testsIn(head)) {
		if (state !== "passed" && state !== "failed") continue;
		const before = known(id, ms);
		const letters = `${before.head}${state === "passed" ? "p" : "f"}`.slice(-lettersMax);
		seen.set(id, { ...before, head: letters, ms: Math.round((before.ms * 3 + ms) / 4) });
	}
	for (const [id, old] of history) if (!seen.has(id)) seen.set(id, old);
	return new Map([...seen].slice(0, testsMax));
}

/** Passed at one time and failed at another, on the same tree. */
export function isFlake(states: readonly (TestState | undefined)[]): boolean {
	return states.includes("passed") && states.includes("failed");
}

/** Of the base, lately. What was repaired is trusted again after that. */
export function isKnownFlake(history: History, id: string, nowMs: number): boolean {
	return flakesOf(history, id, nowMs) > 0;
}

/** Three trees in two weeks are no accident. */
export function isQuarantined(history: History, id: string, nowMs: number): boolean {
	return flakesOf(history, id, nowMs) >= quarantineFlakes;
}

function flakesOf(history: History, id: string, nowMs: number): number {
	return (history.get(id)?.flakes ?? []).filter(({ ms }) => nowMs - ms <= flakeMs).length;
}

/** It failed on the base in every run of several judgements, and never passed there as far as anybody remembers. */
export function failsSteadily(history: History, id: string): boolean {
	return /^f{3,}$/.test(history.get(id)?.base ?? "");
}

/**
 * Test files: those with a test that failed lately first, for what went wrong goes wrong again soon; then the slow ones,
 * so that nobody waits for the longest at the end.
 */
export function inOrder(history: History): string[] {
	const files = new Map<string, { failed: boolean; ms: number }>();
	for (const [id, { base, head, ms }] of history) {
		const { failed, ms: others } = files.get(fileOf(id)) ?? { failed: false, ms: 0 };
		files.set(fileOf(id), { failed: failed || [base, head].some(failedLately), ms: others + ms });
	}
	return [...files]
		.sort(
			([one, ones], [other, others]) =>
				Number(others.failed) - Number(ones.failed) || others.ms - ones.ms || (one < other ? -1 : 1),
		)
		.map(([file]) => file);
}

function failedLately(letters: string): boolean {
	return letters.slice(-lately).includes("f");
}

/** Runs of a test. */
const lately = 3;

/** About a hundred bytes each. */
export const testsMax = 20_000;
export const lettersMax = 6;
export const flakesMax = 10;
const quarantineFlakes = 3;
const flakeMs = 14 * 24 * 3_600_000;

/** A failure that was not looked at again says nothing: it may be chance, and is the same one every time it is read. */
function letterOf([first, ...again]: readonly (TestState | undefined)[]): string {
	if (first === "passed" || again.includes("passed")) return "p";
	return again.includes("failed") ? "f" : "";
}

function withTree(flakes: Remembered["flakes"], seen: Remembered["flakes"][number]): Remembered["flakes"] {
	return [...flakes.filter(({ tree }) => tree !== seen.tree), seen].slice(-flakesMax);
}

function testsIn(outcome: CheckOutcome): readonly TestResult[] {
	return outcome.kind === "ran" ? outcome.tests : [];
}

function statesIn(outcome: CheckOutcome): ReadonlyMap<string, TestState> {
	return new Map(testsIn(outcome).map(({ id, state }) => [id, state]));
}

/**
 * What is remembered of each test between runs: how it ended lately, how long it took, and when it was seen to pass and to
 * fail on one tree of the base. Only the base's word counts for a quarantine, else a branch could make a test unsteady
 * until nobody minds it any more.
 */
import type { CheckOutcome, TestResult } from "../checks/check.ts";
import { fileOf } from "../checks/selection.ts";
import { type Renames, renamed } from "./renames.ts";
import type { Reruns } from "./reruns.ts";

export type History = ReadonlyMap<string, Remembered>;

interface Remembered {
	/** "p" passed, "f" failed; the newest last. */
	readonly recent: string;
	readonly ms: number;
	/** When it was seen to be a flake on the base. */
	readonly flakesMs: readonly number[];
}

export const noHistory: History = new Map();

export interface Seen {
	readonly base: CheckOutcome;
	readonly head: CheckOutcome;
	readonly reruns?: Reruns;
	readonly renames?: Renames;
	readonly nowMs: number;
}

/** Pure. Newest first in order, so that what was not seen for longest falls off. */
export function remember(history: History, { base, head, reruns, renames = {}, nowMs }: Seen): History {
	const flaky = flakesOf([base, ...(reruns?.base ?? [])].flatMap((outcome) => namedAsHead(outcome, renames)));
	const seen = new Map<string, Remembered>();
	for (const { id, state, ms } of head.kind === "ran" ? head.tests : []) {
		if (state !== "passed" && state !== "failed") continue;
		const known = history.get(id);
		seen.set(id, {
			recent: `${known?.recent ?? ""}${state === "passed" ? "p" : "f"}`.slice(-recentMax),
			ms: Math.round(known === undefined ? ms : (known.ms * 3 + ms) / 4),
			flakesMs: [...(known?.flakesMs ?? []), ...(flaky.has(id) ? [nowMs] : [])].slice(-flakesMax),
		});
	}
	for (const [id, known] of history) if (!seen.has(id)) seen.set(id, known);
	return new Map([...seen].slice(0, testsMax));
}

export function isKnownFlake(history: History, id: string): boolean {
	return (history.get(id)?.flakesMs.length ?? 0) > 0;
}

/** It failed again and again, and never passed as far as anybody remembers. */
export function failsSteadily(history: History, id: string): boolean {
	return /^f{3,}$/.test(history.get(id)?.recent ?? "");
}

export function isQuarantined(history: History, id: string, nowMs: number): boolean {
	const flakes = history.get(id)?.flakesMs ?? [];
	return flakes.filter((at) => nowMs - at <= quarantineMs).length >= quarantineFlakes;
}

/**
 * Test files: those with a test that failed lately first, for what went wrong goes wrong again soon; then the slow ones,
 * so that nobody waits for the longest at the end.
 */
export function inOrder(history: History): string[] {
	const files = new Map<string, { failed: boolean; ms: number }>();
	for (const [id, { recent, ms }] of history) {
		const { failed, ms: others } = files.get(fileOf(id)) ?? { failed: false, ms: 0 };
		files.set(fileOf(id), { failed: failed || recent.slice(-lately).includes("f"), ms: others + ms });
	}
	return [...files]
		.sort(
			([one, ones], [other, others]) =>
				Number(others.failed) - Number(ones.failed) || others.ms - ones.ms || (one < other ? -1 : 1),
		)
		.map(([file]) => file);
}

/** Runs of a test. */
const lately = 3;

/** About a hundred bytes each. */
export const testsMax = 20_000;
export const recentMax = 20;
export const flakesMax = 10;
/** Three times in two weeks is no accident, and what was repaired is trusted again after them. */
const quarantineFlakes = 3;
const quarantineMs = 14 * 24 * 3_600_000;

function namedAsHead(outcome: CheckOutcome, renames: Renames): TestResult[] {
	return outcome.kind === "ran" ? [...renamed(outcome, renames).tests] : [];
}

/** Passed at one time and failed at another, on the same tree. */
function flakesOf(results: readonly TestResult[]): Set<string> {
	const of = (wanted: string) => new Set(results.filter(({ state }) => state === wanted).map(({ id }) => id));
	const failed = of("failed");
	return new Set([...of("passed")].filter((id) => failed.has(id)));
}

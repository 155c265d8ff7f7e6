/** One run with mutants, and what it has told of each test; where a failure may be chance, it is asked again. */
import type { CheckOutcome } from "../checks/check.ts";
import { type Attempt, type Pair, type Told, toldBy } from "./attempts.ts";
import type { Shown } from "./proof.ts";
import type { ProofRun } from "./proof-run.ts";
import { notPassingBetween } from "./steady.ts";
import { type Orders, type Recorded, readRecord } from "./watch.ts";
import type { Watching } from "./watching.ts";

/**
 * What each pair has told, or what it has shown once and for all. A failure of a test that may hang on chance counts when
 * it fails twice, and passes without the mutant in between. The same is asked the second time, for what else is mutated
 * in the same run may have its part in it; of the files, only those that are in question.
 */
export async function tried(
	attempt: Attempt,
	orders: Orders,
	watching: Watching,
	run: ProofRun,
): Promise<ReadonlyMap<Pair, Told | Shown>> {
	const { watch, onChance } = run;
	const first = await runWatched(watching, attempt.pairs.map(idOf), orders, run);
	const told = new Map<Pair, Told | Shown>();
	for (const pair of attempt.pairs) {
		const is = toldBy(attempt, pair, { ...first, watch });
		told.set(pair, is === "failed" ? { kind: "fails-on-mutant", mutant: pair.mutant } : is);
	}
	const failed = attempt.pairs.filter((pair) => typeof told.get(pair) === "object" && onChance.has(idOf(pair)));
	const between = await notPassingBetween(
		failed.map(({ pending }) => pending.watched.test),
		run,
	);
	for (const pair of failed) {
		const is = between.get(idOf(pair));
		if (is !== undefined) told.set(pair, is);
	}
	const doubtful = failed.filter((pair) => !between.has(idOf(pair)));
	if (doubtful.length === 0) return told;
	const second = await runWatched(watching, doubtful.map(idOf), orders, run, "confirming");
	for (const pair of doubtful) {
		const is = toldBy(attempt, pair, { ...second, watch });
		if (is !== "failed") told.set(pair, is === "survived" ? "wavered" : "lost");
	}
	return told;
}

export function idOf({ pending }: Pair): string {
	return pending.watched.test.id;
}

export async function runWatched(
	{ overlay, tests }: Watching,
	ids: readonly string[],
	orders: Orders | undefined,
	run: ProofRun,
	kind: "watched" | "mutants" | "confirming" = orders === undefined ? "watched" : "mutants",
): Promise<{ readonly outcome: CheckOutcome; readonly recorded: Recorded }> {
	const { record } = run.proving;
	await record.take();
	const testFiles = [...new Set(ids.flatMap((id) => tests.get(id)?.files ?? []))];
	const env = run.watch.env(orders ?? { perTest: new Map(), placesMax: 0 }, record.path);
	const outcome = await run.bench({ overlay, testFiles, env }, kind);
	return { outcome, recorded: readRecord(await record.take()) };
}

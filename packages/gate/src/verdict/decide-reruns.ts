/**
 * Which test files to run again before anybody is blamed. A fixed number of times on both trees, and never until it is
 * green. Whole files and not single tests: one that leans on the tests before it would fail alone on the base as well,
 * and a change that breaks it would go free.
 */
import type { CheckOutcome } from "../checks/check.ts";
import { type Renames, renamed } from "./renames.ts";
import { failsSteadily, type History, noHistory } from "./test-history.ts";

export interface RerunPlan {
	/** Relative to the tree; empty where a runner names no files, which then runs everything. */
	readonly files: readonly string[];
	readonly times: number;
}

/** Undefined when there is nothing to find out. */
export function decideReruns(
	base: CheckOutcome,
	head: CheckOutcome,
	renames: Renames = {},
	history: History = noHistory,
): RerunPlan | undefined {
	if (base.kind === "broken" || head.kind === "broken") return undefined;
	const before = new Map(renamed(base, renames).tests.map(({ id, state }) => [id, state]));
	const suspects = new Map<string, number>();
	for (const { id, file, state } of head.tests) {
		if (state !== "failed") continue;
		const was = before.get(id);
		// One that failed on the base may have failed there by chance, and would excuse everybody from then on.
		if (was === "passed" || (was === "failed" && !failsSteadily(history, id)))
			suspects.set(file, (suspects.get(file) ?? 0) + 1);
	}
	if (suspects.size === 0) return undefined;
	// A flake is mostly alone in its file; files that are broken through and through come last, and may fall off.
	const files = [...suspects].sort(([one, ones], [other, others]) => ones - others || (one < other ? -1 : 1));
	return { files: files.slice(0, filesMax).map(([file]) => file), times };
}

/** A flake that fails one time in ten is found out with certainty enough, and four short runs are cheap. */
const times = 2;
/** More at once are no flakes; what is not run again is the change's. */
const filesMax = 20;

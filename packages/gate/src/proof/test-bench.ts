/** Where tests are run to see whether they can fail: a tree with some files replaced, and some test files of it. */
import type { CheckOutcome } from "../checks/check.ts";

export interface TestBench {
	run(job: BenchJob): Promise<CheckOutcome>;
}

export interface BenchJob {
	/** Laid over the tree of the change for this run alone; null takes a file away. */
	readonly overlay: ReadonlyMap<string, string | null>;
	readonly testFiles: readonly string[];
	/** For the tests' processes. */
	readonly env?: Readonly<Record<string, string>>;
	readonly signal?: AbortSignal;
}

/** What a verdict is made of. */
import type { CheckOutcome, TestResult } from "../checks/check.ts";
import type { Renames } from "./renames.ts";
import type { Reruns } from "./reruns.ts";
import type { History } from "./test-history.ts";

export interface Comparison {
	readonly base: CheckOutcome;
	readonly head: CheckOutcome;
	/** What came of running the files of failing tests again, alone (`decideReruns`). */
	readonly reruns?: Reruns;
	readonly memory?: { readonly history: History; readonly nowMs: number };
	readonly renames?: Renames;
	/** Only some of the head's tests were run; where it is known of which files all of them, one may be missed there. */
	readonly part?: boolean | { readonly allOf: readonly string[] };
}

/** Whether the run of the head would have shown it. A runner that names no files ran everything. */
export function wasRun({ file }: TestResult, { part = false }: Pick<Comparison, "part">): boolean {
	if (typeof part === "boolean") return !part;
	return file === "" || part.allOf.includes(file);
}

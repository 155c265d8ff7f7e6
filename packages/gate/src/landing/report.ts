/** What a landing may be asked, what it tells while it goes on, and what it comes to. */
import type { Judgement, Landed, LandingChange } from "./change.ts";
import type { Pending } from "./journal.ts";

export interface LandOptions {
	/** How many are judged together at most; by default as many as the recent share of bad ones suggests. */
	readonly batch?: number;
	/** Everything but publishing. */
	readonly dryRun?: boolean;
	readonly signal?: AbortSignal;
	readonly tell?: (progress: Progress) => void;
}

export type Progress =
	/** For another lander to end; by the numbers of their processes. */
	| { readonly kind: "waiting"; readonly holders: readonly number[] }
	| { readonly kind: "recovered"; readonly to: string }
	| { readonly kind: "batch"; readonly changes: readonly string[] }
	/** `probing` asks only about what was bad. */
	| { readonly kind: "judging" | "probing"; readonly changes: readonly string[] }
	| { readonly kind: "judged"; readonly changes: readonly string[]; readonly judgement: Judgement["kind"] }
	| { readonly kind: "landed"; readonly changes: readonly string[]; readonly to: string }
	| { readonly kind: "base-moved"; readonly to: string };

export interface LandReport {
	/** One for each change that was given. */
	readonly results: readonly Landed[];
	/** What an earlier lander had not finished. */
	readonly recovered: readonly Landed[];
	/** What a person should know, though it hindered nothing. */
	readonly warnings: readonly string[];
	readonly judgements: number;
	/** Cheaper questions, in search of culprits. */
	readonly probes: number;
}

export function landedOf({ to, receipt, changes }: Pending, known: readonly LandingChange[] = []): Landed[] {
	return changes.map(({ id, branch, approved, commit, session, task }) => ({
		kind: "landed",
		change: known.find((change) => change.id === id) ?? { id, branch, commit: approved, created: 0, session, task },
		commit,
		landing: to,
		receipt,
	}));
}

/** What is to land, and what can become of it. */

export interface LandingChange {
	/** Its name in the review queue; a branch landed by hand is called after itself. */
	readonly id: string;
	readonly branch: string;
	/** What was reviewed and approved: this commit, and no other that the branch may show later. */
	readonly commit: string;
	/** Milliseconds since 1970. */
	readonly created: number;
	readonly session?: string | undefined;
	readonly cycle?: number | undefined;
	readonly task?: string | undefined;
	readonly reviewedBy?: string | undefined;
	readonly usd?: number | undefined;
	/** Rules whose findings in this commit a person took upon themselves, and who. */
	readonly accepted?: { readonly rules: readonly string[]; readonly by: string } | undefined;
	/** Ids of tests that may be gone with this commit, as its evaluation found or a person said. */
	readonly givenUp?: readonly string[] | undefined;
}

export type Landed =
	| {
			readonly kind: "landed";
			readonly change: LandingChange;
			readonly commit: string;
			readonly landing: string;
			readonly receipt: string;
	  }
	/** Worse than the base, by itself or only together with one that landed before it. */
	| {
			readonly kind: "rejected";
			readonly change: LandingChange;
			readonly reasons: readonly string[];
			readonly togetherWith?: string;
	  }
	| {
			readonly kind: "conflict";
			readonly change: LandingChange;
			readonly files: readonly string[];
			readonly with?: string;
	  }
	/** Its branch or commit is gone, or is not what was approved. */
	| { readonly kind: "void"; readonly change: LandingChange; readonly why: string }
	/** Nothing in it that the base does not have. */
	| { readonly kind: "empty"; readonly change: LandingChange }
	/** Nothing is decided; it is tried again. */
	| { readonly kind: "waiting"; readonly change: LandingChange; readonly why: string };

/** Whether a tree may follow another. */
export interface Judge {
	judge(tree: string, base: Base, asked?: Asked): Promise<Judgement>;
	/**
	 * Only whether what was bad in another tree is bad in this one: cheaper, and no proof. Whoever cannot tell more cheaply
	 * leaves it out.
	 */
	probe?(tree: string, base: Base, suspects: readonly Suspect[], asked?: Asked): Promise<Probed>;
	/** Which files decide how a tree is measured, on this base. A change of one is judged by itself. */
	measuresBy?(base: Base): Promise<(path: string) => boolean>;
	/** Makes ready what judging the tree will need, ahead of the question. */
	prepare?(tree: string, signal: AbortSignal): Promise<void>;
	/**
	 * Which tests came with a change of the base's history: those that run after it and did not before, by the names they
	 * have on the base. Whoever knows nothing of tests leaves it out.
	 */
	brought?(change: LandedChange, base: Base, asked?: Asked): Promise<Brought>;
}

export interface LandedChange {
	readonly before: Base;
	readonly after: Base;
}

export type Brought =
	/** Ids of tests. */
	{ readonly kind: "tests"; readonly ids: readonly string[] } | { readonly kind: "unknown"; readonly why: string };

export interface Asked {
	/** Ids of tests of the base that may be gone: nobody misses them. */
	readonly givenUp?: readonly string[];
	readonly signal?: AbortSignal | undefined;
}

/** What was bad: a check, and of its tests the files in which some failed. */
export interface Suspect {
	readonly check: string;
	/** None where the check says more than which tests fail. */
	readonly files?: readonly string[];
}

export type Probed =
	| { readonly kind: "good" | "unknown" }
	/** `reasons` are those of this tree. */
	| { readonly kind: "bad"; readonly reasons: readonly string[] };

export interface Base {
	readonly commit: string;
	readonly tree: string;
}

export type Judgement =
	/** `receipt` is the key under which the proof for exactly this tree is kept. */
	| { readonly kind: "good"; readonly receipt: string }
	| { readonly kind: "bad"; readonly reasons: readonly string[]; readonly suspects?: readonly Suspect[] }
	/** Could not be found out. Never lands, and nobody is blamed. `side` is what could not be measured, where that is known. */
	| { readonly kind: "unknown"; readonly why: string; readonly side?: "base" | "change" };

/** What was said about a change by those who were asked to read it. */

export interface Judged {
	readonly name: string;
	readonly met: "met" | "unmet" | "unknown";
	readonly reason: string;
}

export type Opinion =
	| {
			readonly kind: "read";
			readonly agent: string;
			/** It counts, and does not read code. */
			readonly isBuiltin: boolean;
			readonly criteria: readonly Judged[];
			readonly summary: string;
			readonly usd: number;
	  }
	| NoOpinion;

export type Refutation =
	| { readonly kind: "stands"; readonly usd: number }
	| { readonly kind: "refuted"; readonly reasons: readonly string[]; readonly usd: number }
	/** There is nobody who could read it. */
	| { readonly kind: "unread"; readonly why: string; readonly usd: number }
	| NoOpinion;

/** Later, then. `isFault` says that whoever was asked tried, and nothing came of it. */
export interface NoOpinion {
	readonly kind: "none";
	readonly why: string;
	readonly isFault: boolean;
}

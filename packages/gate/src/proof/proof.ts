/** What is known of whether a test can fail. */
import type { TestResult } from "../checks/check.ts";
import type { Mutant } from "./mutant.ts";

export type Proof = {
	readonly test: TestResult /** Where it stands, if that is known. */;
	readonly line?: number;
} & Shown;

export type Shown =
	/** "absent": its file does not load there, or does not make this test; that alone says little of the test itself. */
	| { readonly kind: "fails-on-base"; readonly how: "failed" | "absent" }
	| { readonly kind: "fails-on-mutant"; readonly mutant: Mutant }
	/** It passes and fails on the same code. With the base's or with a mutant that may be the code's doing, and not the test's. */
	| { readonly kind: "unsteady"; readonly where: "head" | "base" | "mutant" }
	/** It cannot fail, as far as all there is to try tells. */
	| { readonly kind: "unproven"; readonly why: "runs-no-code" | "survives-all"; readonly tried: number }
	| { readonly kind: "unknown"; readonly why: Unknown; readonly tried: number; readonly detail: string };

export type Unknown =
	| "out-of-budget"
	/** It cannot be run in a way that shows what it runs. */
	| "not-watched"
	/** It uses more than can be watched, and fails on nothing of the rest. */
	| "uses-unseen"
	/** A run with a mutant told nothing. */
	| "no-answer";

export function unknown(why: Unknown, tried: number, detail: string): Shown {
	return { kind: "unknown", why, tried, detail };
}

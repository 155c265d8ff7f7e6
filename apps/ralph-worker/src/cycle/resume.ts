/** What to do with a cycle whose process died in the middle of it. Pure. */
import type { Cycle } from "@shopfloor/core";

export type Left =
	/** Nothing of it is worth more than its tree, which is salvaged when it is used again. */
	| { readonly kind: "over" }
	/** The agent was done: its work is committed, judged and sent as if nothing had been. */
	| { readonly kind: "goes-on" };

export function whatIsLeft({ step, base, branch }: Cycle): Left {
	const isDone = step === "commit" || step === "evaluate" || step === "push";
	return isDone && base !== undefined && branch !== undefined ? { kind: "goes-on" } : { kind: "over" };
}

/** How a run ended. Never the exit code's word alone: `done` was proved by what the program said and by our own look. */
import type { ConversationId } from "./job.ts";

export type Outcome = Ending & {
	/** What it cost, also where it failed. Null where nobody knows: whoever pays then assumes the worst. */
	readonly usage: Usage | null;
	/** For `resume`, where it was to be kept; also where the run failed. */
	readonly conversation?: ConversationId;
	/** Of the program, by its own word. */
	readonly version?: string;
};

export type Ending =
	| {
			readonly kind: "done";
			readonly text: string;
			/** The answer that was asked for, fitting its schema. */
			readonly data?: unknown;
			/** What it wanted to do and was not let. It says nothing about success. */
			readonly denied?: readonly string[];
	  }
	/** The provider takes no more for now. It burns no attempt. */
	| { readonly kind: "limited"; readonly until?: string; readonly detail: string }
	/** It will not, or cannot, and says why. */
	| { readonly kind: "refused"; readonly code: RefusalCode; readonly detail: string }
	| { readonly kind: "failed"; readonly code: FailureCode; readonly detail: string }
	/** It stopped before it was finished. */
	| { readonly kind: "incomplete"; readonly code: IncompleteCode; readonly detail: string }
	| { readonly kind: "timed-out"; readonly which: "start" | "idle" | "wall"; readonly detail: string }
	| { readonly kind: "over-budget"; readonly detail: string };

/** `model`: the model declined. `cannot`: the built-in agent knows no way. `prompt`: it cannot be handed over as it is. */
export const refusalCodes = ["model", "cannot", "prompt"] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export const failureCodes = [
	/** We ended it, because we were asked to. */
	"aborted",
	/** The program is missing, or cannot be started. */
	"not-started",
	/** Logged out, or the key was taken back: only a person can help. */
	"login",
	/** Too many are asking; it passes. */
	"overloaded",
	/** The provider could not be reached, or broke off. */
	"network",
	/** The provider found fault with the request itself. */
	"rejected",
	/** The conversation is unknown, or somebody else is in it. */
	"conversation",
	/** The program ended without a final word, or with one that nobody can read. */
	"crashed",
	"too-much-output",
	/** More memory, or more processes, than one run may take. */
	"too-much-of-the-machine",
] as const;
export type FailureCode = (typeof failureCodes)[number];

/** `turns`: out of turns. `length`: cut off by the model's own limit. `answer`: no answer of the shape that was asked for. */
export const incompleteCodes = ["turns", "length", "answer"] as const;
export type IncompleteCode = (typeof incompleteCodes)[number];

export interface Usage {
	readonly usd: number;
	/** No program reported the dollars; they were worked out from tokens and a table of prices. */
	readonly estimated: boolean;
	readonly inputTokens: number;
	/** The part of `inputTokens` that the provider had already read. */
	readonly cachedTokens: number;
	readonly outputTokens: number;
	/** It was cut off before it could sum up: so much was counted, and more may have been under way. */
	readonly atLeast?: true;
}

export const nothingUsed: Usage = { usd: 0, estimated: false, inputTokens: 0, cachedTokens: 0, outputTokens: 0 };

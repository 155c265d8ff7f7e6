/**
 * One way to mend one kind of fault. A fix only proposes; whether its proposal is kept is decided by what the compiler
 * says afterwards. What a fix must see to by itself is what the compiler cannot: that the program still does what its
 * author meant. It never inserts `any`, `!`, a cast or a comment that silences, and never makes up a value.
 */
import type ts from "typescript";
import type { TextChange } from "../language/changes.ts";
import type { Language, Look } from "../language/language.ts";
import type { Problem } from "../language/problem.ts";

export interface Fix {
	readonly name: string;
	/** Codes of the compiler that it answers. */
	readonly codes: readonly number[];
	/** None, a proposal, or why it is left to somebody else. */
	propose(place: Place): Proposal | Left | undefined;
	/**
	 * `same`: what the file exports must read the same afterwards. `true-to-run-time`: the declarations were wrong or
	 * could not be told, and come to say what is so.
	 */
	readonly api: "same" | "true-to-run-time";
}

export interface Place extends Look {
	readonly problem: Problem;
	readonly language: Language;
	/** The smallest node that the compiler points at. */
	readonly node: ts.Node;
}

export interface Proposal {
	/** Of the problem's file. */
	readonly changes: readonly TextChange[];
	/** What was done, and the reason, as one sentence without its full stop. */
	readonly why: string;
}

export interface Left {
	readonly left: string;
}

export function isLeft(proposal: Proposal | Left): proposal is Left {
	return "left" in proposal;
}

/**
 * How a program speaks: what its lines mean, and what they come to at the end. All of it is decided from lines and from
 * the way the program ended, so recorded streams show whether it is right.
 */
import type { ChildEnd } from "@shopfloor/core/io";
import type { Ending } from "../port/outcome.ts";

export interface Dialect {
	/** One line; what a person is shown of it. */
	hear(line: string): readonly string[];
	/** True once there was a sign of the model, and not of the program alone. */
	readonly awake: boolean;
	/** What it has done so far, where it does not count itself: see `limits.turns`. */
	readonly steps: number;
	/** True after its last word. */
	readonly finished: boolean;
	/** Things it said that this version of ours has no word for. Counted, and no reason to fail. */
	readonly unknown: number;
	/** Every line was heard, and it ended by itself. */
	ending(end: ProgramEnd): Ending;
}

export interface ProgramEnd {
	readonly child: ChildEnd;
	/** The end of its standard error. */
	readonly errors: string;
	/** Lines that were too long to be read. */
	readonly passedOver: number;
}

/** One small fault, and what has to become of it. */
import type { Facts } from "../facts.ts";

export type Files = Readonly<Record<string, string>>;

export interface Fault {
	readonly name: string;
	/** The first is what `behaves` gets to see. */
	readonly files: Files;
	/** Of the compiler, over those of the corpus. */
	readonly options?: Readonly<Record<string, unknown>>;
	readonly facts?: Facts;
	readonly expect: Fixed | LeftAlone;
}

interface Fixed {
	/** The name of the fix. */
	readonly by: string;
	/** What the changed file reads then; every other file is as it was. */
	readonly fixed: Files;
	/** Whether the program does what it should, when it runs. */
	behaves?(module: Module): unknown;
}

interface LeftAlone {
	/** A part of the reason that is given. No file is changed. */
	readonly left: string;
}

// biome-ignore lint/suspicious/noExplicitAny: a module of the corpus exports whatever its fault needs
export type Module = Readonly<Record<string, any>>;

import type { Fix, Proposal } from "../fixes/fix.ts";

/** A change that could be tried. */
export interface Candidate {
	readonly name: string;
	readonly path: string;
	/** For people: file and line. */
	readonly at: string;
	readonly line: number;
	readonly proposal: Proposal;
	readonly api: Fix["api"];
	/** Where the compiler sees no fault: what is to come of it, for whoever can find out. */
	readonly expects?: string;
}

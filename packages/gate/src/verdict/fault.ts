/**
 * Whose a failure is. The test passed on the base and failed here; then its file was run again, alone, a fixed number of
 * times on both. The table is closed, and whatever the runs leave open is the change's: a test that was steady on the
 * base and is unsteady here was made so.
 */
import type { Fault } from "./verdict.ts";

export interface Again {
	/** Whether it passed, run by run. A run that came to nothing did not pass. */
	readonly head: readonly boolean[];
	/** The same on the base. A run that came to nothing says nothing, and is left out. */
	readonly base: readonly boolean[];
	/** It was seen to pass and to fail on one tree before. */
	readonly knownFlake: boolean;
}

export function faultOf({ head, base, knownFlake }: Again): Fault {
	return table[passes(head)][passes(base)](knownFlake);
}

type Passes = "all" | "some" | "none" | "not run";

const mine = (): Fault => "mine";
const bases = (): Fault => "base";
const flake = (): Fault => "flake";
const mineUnlessKnown = (known: boolean): Fault => (known ? "flake" : "mine");

/** Again on this tree, again on the base. */
const table: Record<Passes, Record<Passes, (known: boolean) => Fault>> = {
	all: { all: flake, some: flake, none: flake, "not run": flake },
	some: { all: mineUnlessKnown, some: flake, none: bases, "not run": mineUnlessKnown },
	none: { all: mine, some: mineUnlessKnown, none: bases, "not run": mine },
	"not run": { all: mine, some: mine, none: mine, "not run": mine },
};

function passes(runs: readonly boolean[]): Passes {
	if (runs.length === 0) return "not run";
	if (runs.every(Boolean)) return "all";
	return runs.some(Boolean) ? "some" : "none";
}

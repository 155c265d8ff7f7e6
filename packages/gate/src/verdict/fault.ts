/**
 * Whose a failure is. The test did not fail on the base, or not for good, and failed here; then its file was run again,
 * alone, equally often on both. The table is closed, and whatever the runs leave open is the change's: a test that was
 * steady on the base and is unsteady here was made so.
 *
 * That it is a known flake asks for more runs, and explains that it comes and goes. It does not explain that it never
 * passes here and passes on the base: a flake can be broken like any other test.
 */
import type { Fault } from "./verdict.ts";

export interface Again {
	/** Whether it passed, run by run. A run that came to nothing did not pass. */
	readonly head: readonly boolean[];
	/** The same on the base. A run that came to nothing says nothing, and is left out. */
	readonly base: readonly boolean[];
	/** It was seen to pass and to fail on one tree of the base, now or lately. */
	readonly knownFlake: boolean;
	/** So often that it counts as one that mostly fails. */
	readonly quarantined: boolean;
}

export function faultOf(again: Again): Fault {
	return table[passesOf(again.head)][passesOf(again.base)](again);
}

/**
 * Whether it is to be looked at longer. It ends early only where no further run could take back what was seen, so it is
 * no looking until it is green.
 */
export function isOpen(again: Again): boolean {
	const head = passesOf(again.head);
	if (head === "none") return again.knownFlake;
	return (head === "some" || head === "hardly") && passesOf(again.base) === "all" && !again.knownFlake;
}

type Passes = "all" | "some" | "hardly" | "none" | "not run";

const mine = (): Fault => "mine";
const bases = (): Fault => "base";
const flake = (): Fault => "flake";
const flakeIfKnown = ({ knownFlake }: Again): Fault => (knownFlake ? "flake" : "mine");
const flakeInQuarantine = ({ quarantined }: Again): Fault => (quarantined ? "flake" : "mine");

const comesAndGoes = { all: flakeIfKnown, some: flake, hardly: flake, none: bases, "not run": flakeIfKnown };

/** Again on this tree, again on the base. */
const table: Record<Passes, Record<Passes, (again: Again) => Fault>> = {
	all: { all: flake, some: flake, hardly: flake, none: flake, "not run": flake },
	some: comesAndGoes,
	hardly: comesAndGoes,
	none: { all: mine, some: mine, hardly: flakeInQuarantine, none: bases, "not run": mine },
	"not run": { all: mine, some: mine, hardly: mine, none: mine, "not run": mine },
};

function passesOf(runs: readonly boolean[]): Passes {
	if (runs.length === 0) return "not run";
	const passed = runs.filter(Boolean).length;
	if (passed === 0) return "none";
	if (passed === runs.length) return "all";
	return passed <= runs.length * hardly ? "hardly" : "some";
}

/** So seldom that never to pass here in as many runs is no wonder. */
const hardly = 0.25;

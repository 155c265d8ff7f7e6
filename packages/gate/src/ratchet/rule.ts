/** A rule of the ratchet: a small pure function over a change, with its reason and its examples beside it. */
import type { ChangedFile, Diff } from "../diff/diff.ts";
import type { Files } from "../diff/write-commits.ts";

/** `block` turns the change away, `ask` leaves it to a person, `note` is for whoever reviews. */
export const severities = ["block", "ask", "note"] as const;
export type Severity = (typeof severities)[number];

export interface Rule {
	/** Stable, kebab-case; what a person writes to configure it or to accept a finding. */
	readonly name: string;
	readonly severity: Severity;
	/** One sentence: what would go wrong without it. */
	readonly reason: string;
	look(sight: Sight): Iterable<Found>;
	/** Held by a test: each of `caught` gives a finding of this rule, none of `passed` does. */
	readonly examples: { readonly caught: readonly Example[]; readonly passed: readonly Example[] };
}

/** What a rule sees. */
export interface Sight {
	readonly diff: Diff;
	/** By the definition of the base, not by what the change says. */
	readonly kinds: FileKinds;
	readonly limits: Limits;
}

/** What is too much for one change; of the base, too. */
interface Limits {
	/** Lines that come or go, without lockfiles, snapshots and what is generated. */
	readonly lines: Steps;
	readonly files: Steps;
	/** Bytes of one file that comes or grows. */
	readonly bytes: Steps;
}

/** From which number on it is for the reviewer, for a person, and too much for anybody. */
export interface Steps {
	readonly note: number;
	readonly ask: number;
	readonly block: number;
}

/** By the base alone, whatever a change calls its files; see `file-kinds.ts`. */
export interface FileKinds {
	/** Holds tests, or is called by them: rules about tests read it. It may be product as well. */
	isTest(path: string): boolean;
	/** What tests are about; neither theirs alone nor of the stick. Whatever is theirs alone is laid over from the base. */
	isProduct(path: string): boolean;
	/** Files that decide how others are measured: runner and compiler configuration, setup files, package scripts. */
	isMeasuringStick(path: string): boolean;
	/** One of those that a compiler's configuration is made of. */
	isCompilerConfiguration(path: string): boolean;
	/** Called like the configuration of a tool that the base does not have, so that nothing of the base reads it. */
	isOfNoTool(path: string): boolean;
}

export interface Found {
	readonly path: string;
	/** In the head, from 1; in the base where `side` says so. */
	readonly line?: number;
	readonly side?: "base" | "head";
	/** What is there, in words a person reads: "skips the test `adds two numbers`". */
	readonly what: string;
	/** Where one rule knows milder and worse cases. */
	readonly severity?: Severity;
}

export interface Finding extends Found {
	readonly rule: string;
	readonly severity: Severity;
}

/** Files before and after; one that is missing on a side is absent there. */
export interface Example {
	readonly name: string;
	readonly before?: Files;
	readonly after?: Files;
}

export type { ChangedFile, Diff };

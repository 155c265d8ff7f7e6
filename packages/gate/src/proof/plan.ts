/** What a change is to its tests, and how the code is taken back while the tests stay. */
import type { ChangedFile, Diff, FileKinds } from "../ratchet/rule.ts";
import { isCode } from "./code-files.ts";

export type ProofPlan =
	| {
			readonly kind: "code-and-tests";
			/** Takes the code back to the base: contents as they were, null for what was not there. */
			readonly overlay: ReadonlyMap<string, string | null>;
			/** The code of the head that changed. */
			readonly changed: readonly string[];
	  }
	| { readonly kind: "tests-only" };

export function planProof(diff: Diff, kinds: FileKinds): ProofPlan {
	const overlay = new Map<string, string | null>();
	// First away, then back: one file may take the name that another leaves.
	for (const file of diff.files)
		if (file.after !== null && isPlainCode(file, "after", kinds)) overlay.set(file.path, null);
	const changed = [...overlay.keys()];
	for (const file of diff.files)
		if (file.before !== null && isPlainCode(file, "before", kinds)) overlay.set(file.from ?? file.path, file.before);
	return overlay.size === 0 ? { kind: "tests-only" } : { kind: "code-and-tests", overlay, changed };
}

/** Symlinks, other repositories and what is no text cannot be laid over a tree as text, and stay. */
function isPlainCode(file: ChangedFile, side: "before" | "after", kinds: FileKinds): boolean {
	const mode = side === "before" ? file.modeBefore : file.modeAfter;
	const path = side === "before" ? (file.from ?? file.path) : file.path;
	return mode?.startsWith("100") === true && !file.binary && isCode(path, kinds);
}

/** Some of a check's tests. */
import type { CheckOutcome } from "./check.ts";

export type Selection =
	/** Test files, relative to the tree. */
	| { readonly files: readonly string[] }
	/** Single tests, by their ids. */
	| { readonly tests: readonly string[] }
	/** The tests that a change of these files can reach, where the program can tell. */
	| { readonly relatedTo: readonly string[] };

/** Only what was asked for: a filter of the program's may have let others through. */
export function selected(outcome: CheckOutcome, only: Selection): CheckOutcome {
	if (outcome.kind === "broken" || "relatedTo" in only) return outcome;
	const wanted = new Set("files" in only ? only.files : only.tests);
	return {
		...outcome,
		// A runner that names no files ran everything.
		tests: outcome.tests.filter((test) =>
			"files" in only ? test.file === "" || wanted.has(test.file) : wanted.has(test.id),
		),
	};
}

export function fileOf(id: string): string {
	const at = id.indexOf(separator);
	return at < 0 ? "" : id.slice(0, at);
}

export function nameOf(id: string): string {
	const at = id.indexOf(separator);
	return at < 0 ? id : id.slice(at + separator.length);
}

const separator = " > ";

/** What the compiler says about a candidate, laid over its file. The file itself stays as it is. */
import { changed } from "../language/changes.ts";
import type { Language } from "../language/language.ts";
import { added, type Problem, told } from "../language/problem.ts";
import type { Candidate } from "./candidate.ts";

export type Tried =
	| { readonly kind: "kept"; readonly text: string; readonly before: number; readonly after: number }
	| { readonly kind: "dropped"; readonly why: string };

export function tryOut(language: Language, candidate: Candidate, before: readonly Problem[]): Tried {
	const { path, proposal } = candidate;
	const was = language.text(path);
	const text = changed(was, proposal.changes);
	if (text === was) return dropped("it changes nothing");
	const exported = language.declarations(path);
	const inFile = before.filter((problem) => problem.path === path);
	language.lay(path, text);
	try {
		const why =
			(language.parses(path) ? undefined : "the file does not parse") ??
			// The file first: most of what fails fails there, for a part of the time.
			fault(inFile, language.problemsIn(path), candidate) ??
			apiFault(candidate, exported, language.declarations(path));
		if (why !== undefined) return dropped(why);
		const after = language.problems();
		const elsewhere = fault(before, after, candidate);
		if (elsewhere !== undefined) return dropped(elsewhere);
		return { kind: "kept", text, before: before.length, after: after.length };
	} finally {
		language.lift(path);
	}
}

function fault(before: readonly Problem[], after: readonly Problem[], { expects }: Candidate): string | undefined {
	const [first] = added(before, after);
	if (first !== undefined) return `it would bring ${told(first)}`;
	const enough = expects === undefined ? after.length < before.length : after.length <= before.length;
	return enough ? undefined : "the error stayed";
}

function apiFault({ api }: Candidate, before: string | undefined, after: string | undefined): string | undefined {
	if (api === "true-to-run-time" || before === after) return undefined;
	return before === undefined || after === undefined
		? "it cannot be told whether what the file exports stays the same"
		: "what the file exports would change";
}

function dropped(why: string): Tried {
	return { kind: "dropped", why };
}

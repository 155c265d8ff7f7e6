/**
 * Looks for one fault that it can mend for certain, and mends it in memory. A change is kept only if the whole program
 * has fewer errors and no new one, the file parses, and what it exports reads the same. What was kept is handed back as
 * a text; whoever asked writes it.
 */
import { relative } from "node:path";
import { counted } from "../../program/counted.ts";
import { hashOf } from "../language/disk.ts";
import type { Language } from "../language/language.ts";
import type { Candidate } from "./candidate.ts";
import { candidates } from "./candidates.ts";
import type { Order } from "./order.ts";
import { tryOut } from "./try-out.ts";

export type Mended =
	| {
			readonly kind: "edit";
			/** Relative. */
			readonly file: string;
			readonly text: string;
			/** Of the file as it was read. */
			readonly hash: string;
			readonly fix: string;
			readonly line: number;
			readonly why: string;
			readonly before: number;
			readonly after: number;
			/** What the compiler cannot see, and nobody has tried yet. */
			readonly expects?: string;
	  }
	| { readonly kind: "nothing"; readonly errors: number; readonly reasons: readonly string[] };

export function mend(language: Language, order: Order, show: (line: string) => void): Mended {
	const before = language.problems();
	show(`${counted(language.files.length, "file")}, ${counted(before.length, "error")}`);
	const reasons = new Set<string>();
	let tried = 0;
	for (const candidate of candidates(language, before, order, reasons)) {
		if (++tried > triesMax) {
			reasons.add(`more than ${triesMax} ways were tried`);
			break;
		}
		const { at, path } = candidate;
		const outcome = tryOut(language, candidate, before);
		// Told once it is written.
		if (outcome.kind === "kept") return edit(language, candidate, outcome);
		show(`dropped ${candidate.name} at ${at}: ${outcome.why}`);
		reasons.add(`${relative(language.root, path)}: ${candidate.name} was tried, and ${outcome.why}`);
	}
	return { kind: "nothing", errors: before.length, reasons: [...reasons] };
}

/** Each costs a look of the compiler at the file, and the few good ones one at everything. */
const triesMax = 200;

function edit(
	language: Language,
	candidate: Candidate,
	kept: { readonly text: string; readonly after: number; readonly before: number },
): Mended {
	const read = language.disk.read(candidate.path);
	if (read === undefined) throw new Error(`${candidate.path} was edited and cannot be read`);
	const mark = read.mark ? "\ufeff" : "";
	return {
		kind: "edit",
		file: relative(language.root, candidate.path),
		text: `${mark}${kept.text}`,
		hash: hashOf(`${mark}${read.text}`),
		fix: candidate.name,
		line: candidate.line,
		why: candidate.proposal.why,
		before: kept.before,
		after: kept.after,
		...(candidate.expects === undefined ? {} : { expects: candidate.expects }),
	};
}

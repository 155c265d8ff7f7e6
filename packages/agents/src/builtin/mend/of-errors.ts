/** What the fixes propose against errors of the compiler, one fix after the other. */
import { type Fix, isLeft, type Left, type Proposal } from "../fixes/fix.ts";
import { fixes } from "../fixes/fixes.ts";
import { nodeCovering } from "../fixes/nodes.ts";
import type { Language } from "../language/language.ts";
import { type Problem, told } from "../language/problem.ts";
import type { Candidate } from "./candidate.ts";

export function* ofErrors(
	problems: readonly Problem[],
	language: Language,
	reasons: Set<string>,
): Generator<Candidate> {
	const answered = new Set<Problem>();
	for (const fix of fixes) yield* ofFix(fix, problems, language, answered, reasons);
	for (const problem of problems) if (!answered.has(problem)) reasons.add(`${told(problem)} (no safe way is known)`);
}

function* ofFix(
	fix: Fix,
	problems: readonly Problem[],
	language: Language,
	answered: Set<Problem>,
	reasons: Set<string>,
): Generator<Candidate> {
	for (const problem of problems) {
		if (!fix.codes.includes(problem.code)) continue;
		const proposal = proposed(fix, problem, language);
		if (proposal === undefined) continue;
		answered.add(problem);
		if (isLeft(proposal)) {
			reasons.add(`${told(problem)} (${proposal.left})`);
			continue;
		}
		const at = `${problem.file}:${problem.line}`;
		yield { name: fix.name, path: problem.path, at, line: problem.line, proposal, api: fix.api };
	}
}

function proposed(fix: Fix, problem: Problem, language: Language): Proposal | Left | undefined {
	const look = language.look(problem.path);
	if (look === undefined) return undefined;
	const node = nodeCovering(look.source, problem.start, problem.length);
	return fix.propose({ ...look, problem, language, node });
}

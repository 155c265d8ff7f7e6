import { cutTo, lineOf } from "./cut-to.ts";
import { listed, orNone } from "./lists.ts";
import type { Prompts, Rendered } from "./load-prompt.ts";
import {
	errorFacts,
	errorsInWords,
	type FailingTest,
	type FoundError,
	fileFacts,
	filesInWords,
	testFacts,
	testsInWords,
} from "./measured.ts";
import { factsSlot } from "./visible-json.ts";

export interface CoderNextFacts {
	readonly task: { readonly title: string; readonly detail?: string; readonly files: readonly string[] };
	/** Those that the task is about: an agent that is a program mends nothing else. */
	readonly errors: readonly FoundError[];
	/** Failing ones that the task is about. */
	readonly tests: readonly FailingTest[];
	/** Files of other sessions. */
	readonly held: readonly string[];
	/** Why earlier attempts at the task were turned away, the oldest first. */
	readonly earlier: readonly string[];
}

export interface CoderFacts extends CoderNextFacts {
	/** What the repository tells everybody who works on it. */
	readonly context: string;
	readonly skills: string;
}

/** Does exactly one task. */
export function coderPrompt(prompts: Pick<Prompts, "coder">, facts: CoderFacts): Rendered {
	const { context, skills } = facts;
	return prompts.coder.render({ ...ofTask(facts), context: orNone(context), skills: orNone(skills) });
}

/** The same in the conversation that planned it, which knows the repository and its skills. */
export function coderNextPrompt(prompts: Pick<Prompts, "coder-next">, facts: CoderNextFacts): Rendered {
	return prompts["coder-next"].render(ofTask(facts));
}

function ofTask({ task, errors, tests, held, earlier }: CoderNextFacts) {
	return {
		task: taskInWords(task),
		earlier: listed(earlier, (reason) => reason),
		errors: errorsInWords(errors),
		tests: testsInWords(tests),
		held: filesInWords(held),
		facts: factsSlot({
			task: {
				title: cutTo(task.title, 300),
				...(task.detail && { detail: cutTo(task.detail, 4_000) }),
				files: fileFacts(task.files),
			},
			errors: errorFacts(errors),
			tests: testFacts(tests),
			held: fileFacts(held),
		}),
	};
}

function taskInWords({ title, detail, files }: CoderNextFacts["task"]): string {
	const where = files.length === 0 ? "" : `\n\nFiles:\n${filesInWords(files)}`;
	return `${lineOf(title)}${detail ? `\n\n${detail}` : ""}${where}`;
}

import { cutTo, lineOf } from "./cut-to.ts";
import { listed, orNone, within } from "./lists.ts";
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

export interface PlannerFacts {
	/** What the repository tells everybody who works on it. */
	readonly context: string;
	readonly skills: string;
	/** Of the log: who did what, who holds what, what was discarded and why. */
	readonly digest: string;
	/** Of the base. Left out where they were not measured; an agent that can will look by itself. */
	readonly errors?: readonly FoundError[];
	/** Failing ones of the base; left out like `errors`. */
	readonly tests?: readonly FailingTest[];
	/** Files of other sessions. */
	readonly held: readonly string[];
	/** Titles of tasks that were tried. */
	readonly recent: readonly string[];
}

/** Proposes one small task, or none. */
export function plannerPrompt(prompts: Pick<Prompts, "planner">, facts: PlannerFacts): Rendered {
	const { context, skills, digest, errors, tests, held, recent } = facts;
	return prompts.planner.render({
		context: orNone(context),
		skills: orNone(skills),
		digest: orNone(digest),
		errors: errors === undefined ? unmeasured : errorsInWords(errors),
		tests: tests === undefined ? unmeasured : testsInWords(tests),
		held: filesInWords(held),
		recent: listed(recent, lineOf),
		facts: factsSlot({
			...(errors && { errors: errorFacts(errors) }),
			...(tests && { tests: testFacts(tests) }),
			held: fileFacts(held),
			recent: within(
				recent.map((title) => ({ title: cutTo(title, 300) })),
				recentMax,
			),
		}),
	});
}

const unmeasured = "(not measured)";
/** Characters; as long as a week's worth of titles. */
const recentMax = 10_000;

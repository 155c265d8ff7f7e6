/**
 * Errors that are the reason of others: where a name is not known, what it stands for has no type, and what it was meant
 * to use looks unused. Mending what follows from it would make the fault permanent.
 */
import type { Problem } from "../language/problem.ts";
import type { Left, Place } from "./fix.ts";

/** Types come from anywhere. */
export function unlessTypesAreUnknown({ language, problem }: Place): Left | undefined {
	return language.problems().some((other) => isAnother(other, problem))
		? { left: "its type may come from a name that is not known" }
		: undefined;
}

/** What is used is used in its own file. */
export function unlessUseIsUnknown({ language, problem }: Place): Left | undefined {
	return language.problemsIn(problem.path).some((other) => isAnother(other, problem))
		? { left: "it may be meant by a name in the file that is not known" }
		: undefined;
}

function isAnother(other: Problem, { key, start }: Problem): boolean {
	return names.has(other.code) && (other.key !== key || other.start !== start);
}

const names = new Set([2304, 2305, 2307, 2339, 2503, 2551, 2552, 2662, 2663, 2724, 2834, 2835, 18004]);

/**
 * What a change is judged by. The names are those that the built-in reviewer has counts for, and stand like this in the
 * prompt, in the log, and before people.
 */
export interface Criterion {
	readonly name: string;
	/** When it is met, for whoever reads code. */
	readonly asks: string;
}

export const reviewCriteria: readonly Criterion[] = [
	{
		name: "introduces no bugs",
		asks: "there is no input and no order of events for which the code was right before and is wrong after, and what the change adds is right for all inputs that reach it. Nothing that a test or check guarded goes unguarded.",
	},
	{
		name: "does not increase errors",
		asks: "the counts below do not rise, and no error is hidden instead of mended: by a cast, a suppression, a wider type, a default that is wrong, a catch that swallows.",
	},
	{
		name: "follows conventions",
		asks: "it does what the repository says about itself, and reads like the code around it: names, structure, handling of errors, form of the tests.",
	},
	{
		name: "is focused on one thing",
		asks: "it does what its task says, all of it, and nothing else. Every hunk serves the task.",
	},
];

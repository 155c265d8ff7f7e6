/** On which branch changes land where nobody says so. Pure. */
import type { Suggestion } from "./settle.ts";

export interface Branches {
	/** What `origin/HEAD` of a checkout points to, or the `HEAD` of a URL. */
	readonly published: string | undefined;
	readonly checkedOut: string | undefined;
	/** Which of these, and of the usual ones, the repository has. */
	readonly there: readonly string[];
}

export const usualBases = ["main", "master"] as const;

/** Where nothing else is there, a usual name: the look at it then says what there is. */
export function chooseBase({ published, checkedOut, there }: Branches): Suggestion {
	const choices = [
		{ word: published, why: "its published default branch" },
		...usualBases.map((word) => ({ word, why: "it has a branch of this usual name" })),
		{ word: checkedOut, why: "it is checked out" },
	];
	const isThere = (choice: (typeof choices)[number]): choice is Suggestion =>
		choice.word !== undefined && there.includes(choice.word);
	return choices.find(isThere) ?? { word: usualBases[0], why: "the usual name" };
}

import { closest, oneLine } from "@shopfloor/core";

/** The end of a message about a word that nobody knows. */
export function didYouMean(word: string, known: readonly string[]): string {
	const meant = closest(word, known);
	if (meant !== undefined) return `Did you mean "${oneLine(meant)}"?`;
	return `Known ${known.length === 1 ? "is" : "are"}: ${known.map(oneLine).join(", ")}.`;
}

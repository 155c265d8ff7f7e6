/**
 * Which words of a set of skills a person may have meant by one of theirs: that word, a longer one that begins with it, or
 * one of which it is a misspelling. The search library finds them. How well a whole text fits an example is worked out
 * elsewhere, from that text and that example alone: a library's score says who fits best in this set, and a mark that
 * decides whether something is done has to mean the same in every set.
 */
import MiniSearch from "minisearch";

export interface Dictionary {
	/** By how much each of them is the word, up to 1. */
	meant(word: string): ReadonlyMap<string, number>;
}

/** A misspelling is nearly the word; what only begins like it may be another one. */
const likeness = { misspelt: 0.85, begun: 0.75 } as const;
/** Below these lengths one letter more or less is another word: stop and step. Two letters may have changed places. */
const lengths = { begun: 4, misspelt: 5, misspeltTwice: 8 } as const;

export function dictionaryOf(words: Iterable<string>): Dictionary {
	const search = new MiniSearch<{ id: string }>({
		fields: ["id"],
		tokenize: (text) => [text],
		processTerm: (term) => term,
	});
	search.addAll([...new Set(words)].map((id) => ({ id })));
	const known = new Map<string, ReadonlyMap<string, number>>();
	return {
		meant(word) {
			const before = known.get(word);
			if (before !== undefined) return before;
			const found = find(word);
			// Words of a text come again in the next; of those that somebody makes up there is no end.
			if (known.size < knownMax) known.set(word, found);
			return found;
		},
	};

	function find(word: string): ReadonlyMap<string, number> {
		if (search.has(word)) return new Map([[word, 1]]);
		const found = search.search(word, {
			prefix: (term) => term.length >= lengths.begun,
			fuzzy: (term) => (term.length >= lengths.misspelt ? 2 : false),
		});
		return new Map(
			found
				.map(({ id }) => id as string)
				// Whoever misspells a word hardly ever begins it with another letter: cause is no pause.
				.filter((id) => id[0] === word[0] && (id.startsWith(word) || isMisspelt(word, id)))
				.map((id) => [id, id.startsWith(word) ? likeness.begun : likeness.misspelt] as const),
		);
	}
}

/** Of what is two letters off at most. */
function isMisspelt(word: string, meant: string): boolean {
	if (word.length >= lengths.misspeltTwice) return true;
	let same = 0;
	while (same < word.length && word[same] === meant[same]) same++;
	const [rest, restMeant] = [word.slice(same), meant.slice(same)];
	const isOther = rest.slice(1) === restMeant.slice(1);
	const isSwapped = rest.slice(2) === restMeant.slice(2) && rest[0] === restMeant[1] && rest[1] === restMeant[0];
	return isOther || isSwapped || rest.slice(1) === restMeant || rest === restMeant.slice(1);
}

const knownMax = 5_000;

/** A fix that is the language service's own, where it offers exactly one. */
import { asWritten } from "./as-written.ts";
import type { Fix, Left, Place, Proposal } from "./fix.ts";

export interface LanguageFix {
	readonly name: string;
	readonly codes: readonly number[];
	/** What is done and why, or why it is left. */
	readonly why: string | ((place: Place, offered: Offered) => string | Left);
	/** Where the service has several kinds of offer under one name. */
	readonly description?: RegExp;
	readonly api?: Fix["api"];
}

export interface Offered {
	/** All that it would put in, joined by spaces. */
	readonly inserted: string;
	/** In the words of the service. */
	readonly description: string;
}

export function languageFix({ name, codes, why, description = /./, api = "same" }: LanguageFix): Fix {
	return { name, codes, api, propose };

	function propose(place: Place): Proposal | Left | undefined {
		const offers = place.language
			.offers(place.problem)
			.filter((offer) => offer.name === name && description.test(offer.description));
		const [offer, ...others] = offers;
		if (offer === undefined) return undefined;
		if (others.length > 0) return { left: `there are ${offers.length} ways to do it, and nothing says which is meant` };
		const inserted = offer.changes.map(({ text }) => text).join(" ");
		if (guesses.test(inserted)) return { left: "the compiler would only guess there" };
		const changes = offer.changes.map((change) => asWritten(place.source.text, change));
		if (changes.includes(undefined)) return { left: "the compiler would write lines anew" };
		const reason = typeof why === "string" ? why : why(place, { inserted, description: offer.description });
		return typeof reason === "string" ? { changes: changes.flatMap((each) => each ?? []), why: reason } : reason;
	}
}

/** What says nothing, or silences. */
const guesses = /\bany\b|\bunknown\b|@ts-|\bas\b(?!ync)(?! \w+ from)|not implemented/;

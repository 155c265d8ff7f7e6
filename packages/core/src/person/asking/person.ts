/** Whoever asks something of the factory: a person at a terminal, in a chat, behind a token. */
import type { Entry } from "../../model/entry.ts";

export interface Person {
	/** As the log calls them: `cli:ana`, `http:ci`, `github:octo`, `telegram:4711`. */
	readonly by: string;
	/** The way by which they ask: `cli`, `http`, `github`, `telegram`. */
	readonly source: string;
	/**
	 * Asking again under the same id changes nothing, and is answered as it was the first time. It becomes the entry's own
	 * id, so it stands for one entry: whoever has more to write gives each another one.
	 */
	readonly id?: string;
}

/** Something else was said under this id. */
export interface IdTaken {
	readonly kind: "id-taken";
	readonly entry: Entry;
}

/** A way and a name, in the letters that the log takes. */
export function byOf(source: string, name: string): string {
	const fit = name.replace(/[^\w.@-]+/g, "-").slice(0, byMax - source.length - 1);
	return `${source}:${fit === "" ? "unnamed" : fit}`;
}

/** What the log takes. */
const byMax = 80;
/** The longest reason or note. */
export const sentenceMax = 2_000;

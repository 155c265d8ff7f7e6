import type { Args } from "./scene.ts";

/** Of a command that takes nothing. */
export function none(): Args {
	return {};
}

/** The first word, and what comes after it. */
export function firstWord(words: string): [string, string] {
	const [, first = "", rest = ""] = /^(\S*)\s*([\s\S]*)$/.exec(words.trim()) ?? [];
	return [first, rest];
}

import { misuse } from "../failure.ts";

/** It becomes a part of paths. */
export function sessionNamed(word: string): string {
	if (/^[a-z0-9][a-z0-9._-]{0,79}$/.test(word)) return word;
	throw misuse(`${word} is no name of a session: lower-case letters, digits, '.', '_' and '-', at most 80`);
}

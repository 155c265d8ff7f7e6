/**
 * The language service writes a whole expression anew where it only puts something before or behind it, with its own
 * idea of spaces and line ends. What was there stays as it was written, and only what is new is put in.
 */
import type { TextChange } from "../language/changes.ts";

/** Undefined where several lines would come out otherwise than they were written. */
export function asWritten(text: string, change: TextChange): TextChange[] | undefined {
	const was = text.slice(change.start, change.start + change.length);
	if (was.trim() === "" || change.text.trim() === "") return [change];
	const at = bare(change.text).indexOf(bare(was));
	if (at < 0) return was.includes("\n") ? undefined : [change];
	const start = indexOfBare(change.text, at);
	const end = indexOfBare(change.text, at + bare(was).length - 1) + 1;
	const first = change.start + was.search(/\S/);
	return [
		{ start: first, length: 0, text: change.text.slice(0, start) },
		{ start: change.start + was.trimEnd().length, length: 0, text: change.text.slice(end) },
	].filter(({ text }) => text !== "");
}

function bare(text: string): string {
	return text.replace(/\s/g, "");
}

/** Where in a text the character is that is this one without the spaces. */
function indexOfBare(text: string, count: number): number {
	let seen = -1;
	for (let at = 0; at < text.length; at++) if (/\S/.test(text.charAt(at)) && ++seen === count) return at;
	return text.length;
}

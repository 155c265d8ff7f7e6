import { oneLine } from "@shopfloor/core";

/** The first so many characters, counted as the log counts them. Never ends in half of one. */
export function cutTo(text: string, most: number): string {
	if (text.length <= most) return text;
	const head = text.slice(0, most);
	return /[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head;
}

/** The same for people: with a sign that something is missing. */
export function shortenedTo(text: string, most: number): string {
	return text.length <= most ? text : `${cutTo(text, most - 1)}…`;
}

/** A name, a path or a title on one line. */
export function lineOf(text: string): string {
	return oneLine(shortenedTo(text, lineMax));
}

/** Longer than any that is meant to be read. */
const lineMax = 1_000;

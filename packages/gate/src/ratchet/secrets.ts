/**
 * Secrets in what commits bring. Patterns alone miss too much, so the values that the factory itself holds are searched
 * for as well, also in disguise. What is found is told by its kind or name and its place, never by itself.
 */
import { disguises, squeezed } from "@shopfloor/core";
import type { AddedText } from "../diff/read-added-text.ts";
import type { Found } from "./rule.ts";
import { type Match, ownPatterns } from "./secrets/patterns.ts";
import { libraryPatterns } from "./secrets/secretlint.ts";

export interface KnownSecret {
	/** As the store calls it; it is told. */
	readonly name: string;
	/** It is not. */
	readonly value: string;
}

/** Their findings come from `secretsIn`, as they are about every commit and not about the whole. */
export const secretsRule = { name: "secrets", severity: "block" } as const;

/** A shorter value stands in many texts by chance. */
const valueLengthMin = 8;

export async function secretsIn(
	texts: readonly AddedText[],
	known: readonly KnownSecret[] = [],
): Promise<readonly Found[]> {
	const found: Found[] = known
		.filter(({ value }) => value.length < valueLengthMin)
		.map(({ name }) => ({ path: "", what: `cannot search for the secret ${name}: it is too short`, severity: "note" }));
	const searched = known
		.filter(({ value }) => value.length >= valueLengthMin)
		.map(({ name, value }) => ({ name, disguises: disguises(value) }));
	for (const given of texts) {
		const text = await withPublicName(given, searched);
		if (text !== given) found.push(placed(text, null, "a name of a file holds a secret", "block"));
		if (text.unread) found.push(placed(text, null, "is too large to be searched for secrets", "ask"));
		const whole = wholeOf(text);
		const matches = [...exactMatches(whole.text, searched), ...ownPatterns(whole.text)];
		matches.push(...(await libraryPatterns(whole.text, text.path)));
		const told = new Set<string>();
		for (const { at, what, severity } of matches) {
			const line = at === null ? (text.lines[0]?.line ?? null) : lineAt(whole, at);
			// Several patterns may know one secret; the first to find it names it.
			const place = `${line}`;
			if (told.has(place)) continue;
			told.add(place);
			found.push(placed(text, line, what, severity));
		}
	}
	return found;
}

/** Where a name holds one itself, it is not told. */
async function withPublicName(text: AddedText, searched: readonly Searched[]): Promise<AddedText> {
	const { path } = text;
	if (path === null) return text;
	const isSecret = [...exactMatches(path, searched), ...ownPatterns(path), ...(await libraryPatterns(path, null))].some(
		({ severity }) => severity === "block",
	);
	return isSecret ? { ...text, path: "(a file whose name is a secret)" } : text;
}

interface Searched {
	readonly name: string;
	readonly disguises: ReturnType<typeof disguises>;
}

function exactMatches(text: string, searched: readonly Searched[]): Match[] {
	if (searched.length === 0) return [];
	const views = [text, text.toLowerCase(), squeezed(text)];
	return searched.flatMap(({ name, disguises }): Match[] => {
		for (const { form, how, anyCase } of disguises) {
			const at = (anyCase ? views[1] : text)?.indexOf(form) ?? -1;
			const what = `holds the secret ${name}${how === "plain" ? "" : ` (${how})`}`;
			if (at !== -1) return [{ at, what, severity: "block" }];
			// Taken apart into lines or pieces, it has no one place.
			if (isInPieces(form, views[2] ?? "")) return [{ at: null, what: `${what} in pieces`, severity: "block" }];
		}
		return [];
	});
}

function isInPieces(form: string, text: string): boolean {
	const whole = squeezed(form);
	return whole.length >= valueLengthMin && text.includes(whole);
}

interface Whole {
	readonly text: string;
	/** Where each line begins. */
	readonly starts: readonly { readonly at: number; readonly line: number | null }[];
}

function wholeOf({ lines }: AddedText): Whole {
	let text = "";
	const starts: { at: number; line: number | null }[] = [{ at: 0, line: null }];
	for (const { line, text: part } of lines) {
		starts.push({ at: text.length, line });
		text += `${part}\n`;
	}
	return { text, starts };
}

function lineAt({ starts }: Whole, at: number): number | null {
	let low = 0;
	let high = starts.length - 1;
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		if ((starts[middle]?.at ?? 0) <= at) low = middle;
		else high = middle - 1;
	}
	return starts[low]?.line ?? null;
}

function placed(text: AddedText, line: number | null, what: string, severity: Found["severity"]): Found {
	const where = text.path === null ? `the message of commit ${text.commit.slice(0, 12)} ` : "";
	const when = text.path === null ? "" : `, in commit ${text.commit.slice(0, 12)}`;
	return {
		path: text.path ?? "",
		...(line === null || text.path === null ? {} : { line }),
		what: `${where}${what}${when}`,
		...(severity === undefined ? {} : { severity }),
	};
}

/** Text that a person who looks at a skill does not see, and whoever reads it as text does. */

export interface Seen {
	readonly line: number;
	readonly what: string;
}

export function hiddenIn(text: string): readonly Seen[] {
	return [...forms.flatMap(({ form, what }) => seenBy(text, form, what)), ...farAway(text)].sort(
		(one, other) => one.line - other.line,
	);
}

/** Places of a form; the first on each line. */
export function seenBy(text: string, form: RegExp, what: string): Seen[] {
	const lines = new Set([...text.matchAll(form)].map(({ index }) => lineAt(text, index)));
	return [...lines].map((line) => ({ line, what }));
}

function lineAt(text: string, index: number): number {
	return text.slice(0, index).split("\n").length;
}

const forms = [
	// Controls, bidi marks, tags, zero widths, variation selectors, and what no standard gives a meaning.
	{
		form: /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/gu,
		what: "characters that are not seen",
	},
	{ form: /<!--|-->|<!\[CDATA\[/g, what: "a comment that no reader of the page sees" },
	{ form: /^[ \t]*\[[^\]\n]*\]:/gm, what: "a definition that is not shown" },
	{ form: /<\s*(?:details|template|script|style|iframe|img|svg|span|div)\b/gi, what: "markup that can hide text" },
	{ form: /\bdata:[a-z]+\/[a-z0-9.+-]+[;,]/gi, what: "data in an address" },
] as const;

/** To be scrolled to, or to the right of any window. */
function farAway(text: string): Seen[] {
	const aside = seenBy(text, /\S[ \t]{40,}\S/g, "text far to the right");
	const below = seenBy(text, /\n(?:[ \t]*\n){20,}[ \t]*\S/g, "text far below");
	const long = text
		.split("\n")
		.flatMap((line, index) =>
			line.length > lineLengthMax ? [{ line: index + 1, what: "a line that nobody reads to its end" }] : [],
		);
	return [...aside, ...below, ...long];
}

const lineLengthMax = 1_500;

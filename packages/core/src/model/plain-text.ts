/**
 * Text from agents and strangers, made harmless to a terminal: escape sequences could repaint it, and bidi marks or
 * invisible characters could make a line read as something else. They are shown, not removed, so that nothing hides.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** For one line: tabs and line ends become visible too. */
export function oneLine(text: string): string {
	return text.replace(unsafe, visible);
}

/** For a block of text: keeps tabs and line ends. */
export function plainText(text: string): string {
	return text.replace(unsafe, (character) =>
		character === "\n" || character === "\t" ? character : visible(character),
	);
}

/** Cut to a width, with a sign that something is missing. Never splits a character. */
export function cut(text: string, width: number): string {
	const characters = Array.from(text);
	return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join("")}…`;
}

function visible(character: string): string {
	const named: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u001b": "\\e" };
	const code = character.codePointAt(0) ?? 0;
	return named[character] ?? `\\u{${code.toString(16)}}`;
}

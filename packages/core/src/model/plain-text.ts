/**
 * Text from agents and strangers, made harmless to a terminal: escape sequences could repaint it, and bidi marks or
 * invisible characters could make a line read as something else. They are shown, not removed, so that nothing hides.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are the subject
const unsafe =
	/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** For one line: tabs and line ends become visible too. */
export function oneLine(text: string): string {
	return text.replace(unsafe, visible).replace(/[\t\n]/g, visible);
}

/** For a block of text: keeps tabs and line ends. */
export function plainText(text: string): string {
	return text.replace(unsafe, visible);
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

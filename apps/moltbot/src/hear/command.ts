/** From words to commands. Pure. */

export interface Command {
	readonly name: string;
	readonly words: string;
}

/** `/pause@our_bot ralph-1` is `pause` with `ralph-1`; undefined for words without a command. */
export function commandIn(text: string): Command | undefined {
	const match = /^\/([a-zA-Z0-9_]{1,32})(?:@[A-Za-z0-9_]{1,32})?(?:\s+([\s\S]*))?$/.exec(text.trim());
	if (match === null) return undefined;
	const [, name = "", words = ""] = match;
	return { name: name.toLowerCase(), words: words.trim() };
}

/** As somebody would have typed it. */
export function commandOf(action: string, args: readonly (readonly [string, string])[]): string {
	return [`/${action}`, ...args.map(([, value]) => value)].join(" ").slice(0, lengthMax);
}

/** As much as one reads above a button. */
const lengthMax = 300;

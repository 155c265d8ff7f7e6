/** A pattern is found anywhere in a text. Written `/…/` with flags, it is a regular expression. */
export function isIn(pattern: string | undefined, text: string): boolean {
	if (pattern === undefined) return true;
	const expression = expressionOf(pattern);
	return expression === undefined ? text.includes(pattern) : new RegExp(...expression).test(text);
}

/** False for what is written as a regular expression and is none. */
export function isPattern(pattern: string): boolean {
	const expression = expressionOf(pattern);
	if (expression === undefined) return true;
	try {
		return new RegExp(...expression) instanceof RegExp;
	} catch (error) {
		if (error instanceof SyntaxError) return false;
		throw error;
	}
}

function expressionOf(pattern: string): [source: string, flags: string] | undefined {
	const [, source, flags = ""] = /^\/(.+)\/([ims]*)$/s.exec(pattern) ?? [];
	return source === undefined ? undefined : [source, flags];
}

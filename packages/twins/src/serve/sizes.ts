/** Counts and pieces: what a model's API does with text besides understanding it. */

/** A token is some four characters. */
const charsPerToken = 4;

export function tokensIn(value: unknown): number {
	const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
	return Math.ceil(text.length / charsPerToken);
}

/** A word or two, as the APIs send it. */
const pieceChars = 24;
/** A long text comes in larger pieces and in no more than these, give or take one. */
const piecesMax = 40;

/** Never divides a character. The pieces together are the text. */
export function piecesOf(text: string): string[] {
	const chars = [...text];
	const size = Math.max(pieceChars, Math.ceil(chars.length / piecesMax));
	const count = Math.ceil(chars.length / size);
	return Array.from({ length: count }, (_, at) => chars.slice(at * size, (at + 1) * size).join(""));
}

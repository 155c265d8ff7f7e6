/** A count as it stands in a settings file; undefined where none is meant. */
export function parseCount(text: string): number | undefined {
	return Number.parseInt(text, 10);
}

/** Changes of one text. */
export interface TextChange {
	readonly start: number;
	readonly length: number;
	readonly text: string;
}

/** The changes are of the text as it is before all of them, and do not overlap. */
export function changed(text: string, changes: readonly TextChange[]): string {
	let result = text;
	for (const change of [...changes].sort((one, other) => other.start - one.start))
		result = result.slice(0, change.start) + change.text + result.slice(change.start + change.length);
	return result;
}

/** Lines that a change brings and takes. */
import type { ChangedFile, Diff } from "../diff/diff.ts";

export interface Line {
	readonly line: number;
	readonly text: string;
}

export function addedLines(file: ChangedFile): readonly Line[] {
	return file.hunks.flatMap(({ afterLine, added }) =>
		added.map((text, index) => ({ line: afterLine + index, text: text.replace(/\r$/, "") })),
	);
}

export function removedLines(file: ChangedFile): readonly Line[] {
	return file.hunks.flatMap(({ beforeLine, removed }) =>
		removed.map((text, index) => ({ line: beforeLine + index, text: text.replace(/\r$/, "") })),
	);
}

/** A predicate that is true as often for a text as the change takes such lines away: what only moved is not new. */
export function movedLines(diff: Diff): (text: string) => boolean {
	const counts = new Map<string, number>();
	for (const { text } of diff.files.flatMap(removedLines)) counts.set(text.trim(), (counts.get(text.trim()) ?? 0) + 1);
	return (text) => {
		const left = counts.get(text.trim()) ?? 0;
		counts.set(text.trim(), left - 1);
		return left > 0;
	};
}

/** Whether a line of the head came with the change. */
export function isAdded(file: ChangedFile, line: number): boolean {
	return file.hunks.some(({ afterLine, added }) => line >= afterLine && line < afterLine + added.length);
}

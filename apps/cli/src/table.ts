/** Columns that line up, however they are coloured. */
import { cut } from "@shopfloor/core";

export interface Cell {
	readonly text: string;
	readonly paint?: (text: string) => string;
}

const gap = "  ";

/** Each column as wide as its widest cell; the last one gets what is left of `width`, and is cut. */
export function table(rows: readonly (readonly Cell[])[], width: number): string[] {
	const columns = Math.max(0, ...rows.map((row) => row.length));
	const widths = Array.from({ length: columns }, (_, column) =>
		Math.max(...rows.map((row) => lengthOf(row[column]?.text ?? ""))),
	);
	const last = columns - 1;
	const before = widths.slice(0, last).reduce((sum, columnWidth) => sum + columnWidth + gap.length, 0);
	return rows.map((row) =>
		row
			.map(({ text, paint = plain }, column) => {
				if (column === last) return paint(cut(text, Math.max(lastMin, width - before)));
				// Padding stays outside of the paint, so that nothing is underlined or inverted that is not text.
				return `${paint(text)}${" ".repeat((widths[column] ?? 0) - lengthOf(text))}`;
			})
			.join(gap)
			.trimEnd(),
	);
}

/** A last column narrower than this says nothing. */
const lastMin = 8;

function lengthOf(text: string): number {
	return Array.from(text).length;
}

function plain(text: string): string {
	return text;
}

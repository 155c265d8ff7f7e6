import type { Label } from "./label.js";

/** Labels as they are laid on sheets, row by row; the last sheet may have places left. */
export function sheetsOf(labels: readonly Label[], columns: number, rows: number): Label[][] {
	const gapMm = 3;
	const perSheet = columns * rows;
	if (!Number.isInteger(perSheet) || perSheet < 1) throw new RangeError("a sheet has at least one place");
	const sheets: Label[][] = [];
	for (let at = 0; at < labels.length; at += perSheet) sheets.push(labels.slice(at, at + perSheet));
	return sheets;
}

import { oneLine } from "@shopfloor/core";
import { wrap } from "./wrap.ts";

/** A text behind its label, its further lines under its first; nothing for no text. */
export function labelled(
	label: string,
	text: string,
	{ width, linesMax = 4, paint = String }: { width: number; linesMax?: number; paint?: (text: string) => string },
): string[] {
	return wrap(oneLine(text), width - label.length, linesMax).map((line, index) =>
		index === 0 ? `${paint(label)}${line}` : `${" ".repeat(label.length)}${line}`,
	);
}

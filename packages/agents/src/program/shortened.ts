/** Somebody else's text as lines of a terminal: no control characters, none too long, not too many. */
import { cut, oneLine } from "@shopfloor/core";

/** A terminal's width; the file has the rest. */
const columns = 200;
const linesMax = 12;

export function shortened(text: string): string[] {
	const lines = text.split("\n").filter((line) => line.trim() !== "");
	const shown = lines.slice(0, linesMax).map((line) => cut(oneLine(line), columns));
	return lines.length <= linesMax ? shown : [...shown, `… ${lines.length - linesMax} more lines`];
}

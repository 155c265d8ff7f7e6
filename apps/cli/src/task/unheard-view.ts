/** What was asked for, and the scheduler has not answered yet. Pure. */
import { oneLine } from "@shopfloor/core";
import type { Unheard } from "@shopfloor/core/person";
import type { Paint } from "../paint.ts";
import { table } from "../table.ts";

export function unheardLines(unheard: readonly Unheard[], paint: Paint, width: number): string[] {
	if (unheard.length === 0) return [];
	const rows = unheard.slice(-shownMax).map(({ id, title }) => [{ text: `  ${id}` }, { text: oneLine(title) }]);
	const left = unheard.length - rows.length;
	return [
		paint.yellow("Asked for, and not in the queue until the scheduler takes its next turn:"),
		...table(rows, width),
		...(left > 0 ? [`  and ${left} before them`] : []),
	];
}

const shownMax = 5;

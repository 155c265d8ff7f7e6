/** What happened to one thing, as lines of the log with room for their sentences. Pure. */
import { type Entry, oneLine } from "@shopfloor/core";
import { sentenceOf } from "./log/sentence.ts";
import type { Paint } from "./paint.ts";
import type { Times } from "./times.ts";
import { wrap } from "./wrap.ts";

export function storyLines(entries: readonly Entry[], times: Times, paint: Paint, width: number): string[] {
	const told = entries.slice(-entriesMax);
	const byWidth = Math.max(0, ...told.map(({ by }) => oneLine(by).length));
	const before = momentWidth + 2 + byWidth + 2;
	const lines = told.flatMap((entry) => {
		const sentence = wrap(oneLine(sentenceOf(entry)), Math.max(sentenceMin, width - before), sentenceLinesMax);
		return sentence.map((line, index) =>
			index === 0
				? `${paint.dim(times.moment(entry.ts))}  ${oneLine(entry.by).padEnd(byWidth)}  ${line}`
				: `${" ".repeat(before)}${line}`,
		);
	});
	const left = entries.length - told.length;
	return left > 0 ? [paint.dim(`${left} earlier entries; --json has all of them`), ...lines] : lines;
}

/** `01-31 08:00:00` */
const momentWidth = 14;
const sentenceMin = 30;
/** A reason longer than this is a document; the log has it. */
const sentenceLinesMax = 4;
/** A task that has more to tell went round in circles, and the newest tell how. */
const entriesMax = 60;

/** One entry as one line. Every text in it was written by somebody else, and is made harmless. */
import { cut, type Entry, oneLine } from "@shopfloor/core";
import type { Paint } from "../paint.ts";
import { sentenceOf } from "./sentence.ts";

export function entryLine(entry: Entry, moment: (instant: string) => string, paint: Paint): string {
	const sentence = oneLine(cut(sentenceOf(entry), sentenceMax));
	return [
		paint.dim(moment(entry.ts)),
		paint.dim(String(entry.seq).padStart(seqWidth)),
		oneLine(entry.by).padEnd(byWidth),
		paintOf(entry, paint)(sentence),
	].join("  ");
}

function paintOf(entry: Entry, paint: Paint): (text: string) => string {
	switch (entry.type) {
		case "alert":
			return { error: paint.red, warning: paint.yellow, note: String }[entry.data.severity];
		case "paused":
			return paint.yellow;
		case "process_parked":
			return paint.red;
		case "heartbeat":
		case "cycle_step":
		case "checkpoint":
			return paint.dim;
		default:
			return String;
	}
}

/** Longer ones are a stack or a document: their beginning says what they are, `--json` has the whole. */
const sentenceMax = 500;
const seqWidth = 6;
const byWidth = 14;

/**
 * Text with entities: which part of it is bold, which is code. Never markup, so no character in it can mean anything, and
 * what others wrote stands in code, where Telegram makes no links, names or commands of it. Offsets count UTF-16 units,
 * as Telegram and JavaScript do. Pure.
 */
import { oneLine, plainText } from "@shopfloor/core";

interface Entity {
	readonly type: "bold" | "code" | "pre";
	readonly offset: number;
	readonly length: number;
}

export interface Rich {
	readonly text: string;
	readonly entities: readonly Entity[];
}

export type Part = string | Rich;

export function rich(...parts: readonly Part[]): Rich {
	return joined(parts, "");
}

/** One under the other; what is undefined is left out. */
export function lines(...parts: readonly (Part | undefined)[]): Rich {
	return joined(
		parts.filter((part) => part !== undefined),
		"\n",
	);
}

export function joined(parts: readonly Part[], between: string): Rich {
	let text = "";
	const entities: Entity[] = [];
	parts.forEach((part, index) => {
		if (index > 0) text += between;
		const { text: more, entities: its } = typeof part === "string" ? { text: part, entities: [] } : part;
		entities.push(...its.map((entity) => ({ ...entity, offset: entity.offset + text.length })));
		text += more;
	});
	return { text, entities };
}

export function bold(text: string): Rich {
	return marked("bold", text);
}

/** What somebody else wrote, on one line and harmless. */
export function quoted(text: string): Rich {
	return marked("code", oneLine(text));
}

/** The same for several lines. */
export function block(text: string): Rich {
	return marked("pre", plainText(text));
}

function marked(type: Entity["type"], text: string): Rich {
	return { text, entities: text === "" ? [] : [{ type, offset: 0, length: text.length }] };
}

/** Telegram's limits, in UTF-16 units to be on the safe side. */
export const textMax = 4_096;
export const captionMax = 1_024;
/** Those after that are not shown, and what others wrote would stand there bare. */
const entitiesMax = 100;
/** What is sent along as a file says in the message how it begins. */
const beginningMax = 900;

/** What does not fit into a message becomes a file, and the message its beginning. */
export function fitting(whole: Rich): { readonly text: Rich; readonly rest: string | undefined } {
	if (whole.text.length <= textMax && whole.entities.length <= entitiesMax) return { text: whole, rest: undefined };
	return { text: begun(whole, beginningMax), rest: whole.text };
}

/** Up to the last line end before `max`, or the last whole character. */
export function begun({ text, entities }: Rich, max: number): Rich {
	if (text.length <= max) return { text, entities };
	const lineEnd = text.lastIndexOf("\n", max - 2);
	const end = lineEnd > max / 2 ? lineEnd : wholeBefore(text, max - 1);
	const kept = entities.flatMap((entity) => {
		const length = Math.min(entity.length, end - entity.offset);
		return length > 0 ? [{ ...entity, length }] : [];
	});
	return { text: `${text.slice(0, end)}…`, entities: kept };
}

/** No character of several units, and no sequence that is one to the eye, is cut in two. */
function wholeBefore(text: string, max: number): number {
	// Around the cut only: what is seen as one character is never longer than this.
	const from = Math.max(0, max - clusterMax);
	let end = from;
	for (const { index, segment } of graphemes.segment(text.slice(from, max + clusterMax))) {
		if (from + index + segment.length > max) break;
		end = from + index + segment.length;
	}
	return end;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const clusterMax = 64;

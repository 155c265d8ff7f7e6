/** One item of the output as the events that tell of it. */
import type { StreamEvent } from "../serve/dialect.ts";
import { piecesOf } from "../serve/sizes.ts";
import type { OutItem, Part } from "./items.ts";

export function eventsOf(item: OutItem, output_index: number): StreamEvent[] {
	const at = { item_id: item.id, output_index };
	return [
		{ type: "response.output_item.added", output_index, item: emptied(item) },
		...inner(item, at),
		{ type: "response.output_item.done", output_index, item },
	];
}

interface Place {
	readonly item_id: string;
	readonly output_index: number;
}

function emptied(item: OutItem): object {
	switch (item.type) {
		case "message":
			return { ...item, status: "in_progress", content: [] };
		case "reasoning":
			return { ...item, summary: [], encrypted_content: "" };
		case "function_call":
			return { ...item, status: "in_progress", arguments: "" };
		case "custom_tool_call":
			return { ...item, status: "in_progress", input: "" };
		default:
			return item satisfies never;
	}
}

function inner(item: OutItem, at: Place): StreamEvent[] {
	switch (item.type) {
		case "message":
			return item.content.flatMap((part, content_index) => partEvents(part, { ...at, content_index }));
		case "reasoning":
			return item.summary.flatMap((part, summary_index) => summaryEvents(part, { ...at, summary_index }));
		case "function_call":
			return textEvents("response.function_call_arguments", "arguments", item.arguments, at);
		case "custom_tool_call":
			return textEvents("response.custom_tool_call_input", "input", item.input, at);
		default:
			return item satisfies never;
	}
}

function partEvents(part: Part, at: object): StreamEvent[] {
	const isText = part.type === "output_text";
	const empty = isText ? { ...part, text: "" } : { ...part, refusal: "" };
	const events = isText
		? textEvents("response.output_text", "text", part.text, { ...at, logprobs: [] })
		: textEvents("response.refusal", "refusal", part.refusal, at);
	return [
		{ type: "response.content_part.added", ...at, part: empty },
		...events,
		{ type: "response.content_part.done", ...at, part },
	];
}

function summaryEvents(part: { type: string; text: string }, at: object): StreamEvent[] {
	return [
		{ type: "response.reasoning_summary_part.added", ...at, part: { ...part, text: "" } },
		...textEvents("response.reasoning_summary_text", "text", part.text, at),
		{ type: "response.reasoning_summary_part.done", ...at, part },
	];
}

function textEvents(name: string, key: string, text: string, at: object): StreamEvent[] {
	const deltas = piecesOf(text).map((delta) => ({ type: `${name}.delta`, ...at, delta }));
	return [...deltas, { type: `${name}.done`, ...at, [key]: text }];
}

/** A turn as a message of the Anthropic API, whole and as the events of a stream. */
import type { Turn } from "../script/turn.ts";
import type { StreamEvent, Written } from "../serve/dialect.ts";
import { newId } from "../serve/new-id.ts";
import { piecesOf, tokensIn } from "../serve/sizes.ts";
import { answerTool, type Messages } from "./request.ts";
import { signatureOf } from "./signature.ts";

export function write(turn: Turn, request: Messages): Written {
	const content = blocksOf(turn, request);
	const usage = usageOf(turn, request, content);
	const stop = { stop_reason: turn.stop ?? usualStop(content), stop_sequence: null };
	const message = { id: newId("msg_01"), type: "message", role: "assistant", model: request.model };
	const begun = {
		...message,
		content: [],
		stop_reason: null,
		stop_sequence: null,
		usage: { ...usage, output_tokens: 1 },
	};
	return {
		whole: { ...message, content, ...stop, usage },
		events: [
			{ type: "message_start", message: begun },
			{ type: "ping" },
			...content.flatMap(eventsOf),
			{ type: "message_delta", delta: stop, usage },
			{ type: "message_stop" },
		],
		headers: { "request-id": newId("req_01"), ...turn.headers },
	};
}

type OutBlock =
	| { readonly type: "thinking"; readonly thinking: string; readonly signature: string }
	| { readonly type: "text"; readonly text: string }
	| { readonly type: "tool_use"; readonly id: string; readonly name: string; readonly input: unknown };

function blocksOf({ thinking, text, calls = [], answer }: Turn, { tools = [] }: Messages): OutBlock[] {
	const byTool = tools.some(({ name }) => name === answerTool);
	const blocks: OutBlock[] = [];
	if (thinking !== undefined) blocks.push({ type: "thinking", thinking, signature: signatureOf(thinking) });
	if (text !== undefined) blocks.push({ type: "text", text });
	for (const { name, input, id = newId("toolu_01") } of calls) blocks.push({ type: "tool_use", id, name, input });
	if (answer === undefined) return blocks;
	if (byTool) blocks.push({ type: "tool_use", id: newId("toolu_01"), name: answerTool, input: answer });
	else blocks.push({ type: "text", text: JSON.stringify(answer) });
	return blocks;
}

function usualStop(content: readonly OutBlock[]): string {
	return content.some(({ type }) => type === "tool_use") ? "tool_use" : "end_turn";
}

function usageOf({ usage = {} }: Turn, { system = "", messages, tools = [] }: Messages, content: readonly OutBlock[]) {
	const asked = tokensIn(system) + tokensIn(messages) + tokensIn(tools);
	const cacheWrite = usage.cacheWrite ?? 0;
	return {
		input_tokens: usage.input ?? asked,
		cache_creation_input_tokens: cacheWrite,
		cache_read_input_tokens: usage.cached ?? 0,
		cache_creation: { ephemeral_5m_input_tokens: cacheWrite, ephemeral_1h_input_tokens: 0 },
		output_tokens: usage.output ?? tokensIn(content),
		service_tier: "standard",
	};
}

function eventsOf(block: OutBlock, index: number): StreamEvent[] {
	const delta = (of: object): StreamEvent => ({ type: "content_block_delta", index, delta: of });
	const start = (of: object): StreamEvent => ({ type: "content_block_start", index, content_block: of });
	const stop: StreamEvent = { type: "content_block_stop", index };
	switch (block.type) {
		case "text": {
			const deltas = piecesOf(block.text).map((text) => delta({ type: "text_delta", text }));
			return [start({ type: "text", text: "" }), ...deltas, stop];
		}
		case "thinking": {
			const deltas = piecesOf(block.thinking).map((thinking) => delta({ type: "thinking_delta", thinking }));
			const signed = delta({ type: "signature_delta", signature: block.signature });
			return [start({ type: "thinking", thinking: "", signature: "" }), ...deltas, signed, stop];
		}
		case "tool_use": {
			const pieces = ["", ...piecesOf(JSON.stringify(block.input))];
			const deltas = pieces.map((partial_json) => delta({ type: "input_json_delta", partial_json }));
			return [start({ ...block, input: {} }), ...deltas, stop];
		}
		default:
			return block satisfies never;
	}
}

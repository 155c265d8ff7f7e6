/** What the API demands of a conversation: no empty words, and an answer to each call in the very next message. */

import type { Block, Message } from "../request.ts";
import { isSigned } from "../signature.ts";

export function conversationFaults(messages: readonly Message[]): string[] {
	const merged = mergeNeighbours(messages.filter(({ role }) => role !== "system"));
	return [
		...(messages[0]?.role !== "user" ? ['messages: first message must use the "user" role'] : []),
		...messages.flatMap((message, at) => wordFaults(message, at, at === messages.length - 1)),
		...merged.flatMap((message, at) => callFaults(message, merged[at + 1], at)),
		...merged.flatMap((message, at) => resultFaults(message, merged[at - 1], at)),
		...repeatedIds(merged),
	];
}

interface Merged {
	readonly role: Message["role"];
	readonly blocks: readonly Block[];
}

/** The API takes neighbours of one role as one message. */
function mergeNeighbours(messages: readonly Message[]): Merged[] {
	const merged: Merged[] = [];
	for (const { role, content } of messages) {
		const blocks = typeof content === "string" ? [{ type: "text", text: content }] : content;
		const before = merged.at(-1);
		if (before?.role === role) merged[merged.length - 1] = { role, blocks: [...before.blocks, ...blocks] };
		else merged.push({ role, blocks });
	}
	return merged;
}

function wordFaults({ role, content }: Message, at: number, isLast: boolean): string[] {
	if (content.length === 0) {
		// A message of the system's may only set the output of the turn.
		if (role === "system" || (isLast && role === "assistant")) return [];
		return [`messages.${at}: all messages must have non-empty content except for the optional final assistant message`];
	}
	if (typeof content === "string") return content.trim() === "" ? [blank] : [];
	return content.flatMap((block, index) => {
		if (block.type === "text" && block.text === "") return ["messages: text content blocks must be non-empty"];
		if (block.type === "text" && block.text?.trim() === "") return [blank];
		if (block.type === "thinking" && !isSigned(block.thinking, block.signature)) {
			return [`messages.${at}.content.${index}: Invalid \`signature\` in \`thinking\` block`];
		}
		return [];
	});
}

const blank = "messages: text content blocks must contain non-whitespace text";

function callFaults({ role, blocks }: Merged, next: Merged | undefined, at: number): string[] {
	const ids = blocks.filter(({ type }) => type === "tool_use").map(({ id }) => id ?? "");
	if (role === "user" && ids.length > 0)
		return [`messages.${at}: \`tool_use\` blocks can only be in \`assistant\` messages`];
	// Only those before the first other block count as an answer.
	const others = next?.blocks.findIndex(({ type }) => type !== "tool_result") ?? -1;
	const results = others === -1 ? next?.blocks : next?.blocks.slice(0, others);
	const answered = new Set(results?.map(({ tool_use_id }) => tool_use_id));
	const missing = ids.filter((id) => !answered.has(id));
	if (missing.length === 0) return [];
	return [
		`messages.${at}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing.join(", ")}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
	];
}

function resultFaults({ role, blocks }: Merged, before: Merged | undefined, at: number): string[] {
	const asked = new Set(before?.blocks.filter(({ type }) => type === "tool_use").map(({ id }) => id));
	return blocks.flatMap(({ type, tool_use_id: id }, index) => {
		if (type !== "tool_result") return [];
		const where = `messages.${at}.content.${index}`;
		if (role === "assistant") return [`${where}: \`tool_result\` blocks can only be in \`user\` messages`];
		if (id === undefined) return [`${where}.tool_result.tool_use_id: Field required`];
		if (asked.has(id)) return [];
		return [
			`${where}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
		];
	});
}

function repeatedIds(merged: readonly Merged[]): string[] {
	const seen = new Map<string, number>();
	const count = (key: string) => seen.set(key, (seen.get(key) ?? 0) + 1);
	for (const { type, id, tool_use_id } of merged.flatMap(({ blocks }) => blocks)) {
		if (type === "tool_use" && id !== undefined) count(`messages: \`tool_use\` ids must be unique: ${id}`);
		if (type === "tool_result" && tool_use_id !== undefined) {
			count(
				`messages: each tool_use must have a single result. Found multiple \`tool_result\` blocks with id: ${tool_use_id}`,
			);
		}
	}
	return [...seen].filter(([, times]) => times > 1).map(([message]) => message);
}

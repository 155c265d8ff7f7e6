/** A chat as a person reads it, as plain text. */

import type { Entity, Message } from "./wire.ts";
import type { ChatState, Line } from "./world.ts";

export function transcriptOf(chat: ChatState): string {
	return chat.lines.map((line) => textOf(chat, line)).join("\n");
}

export function textOf(chat: ChatState, line: Line): string {
	switch (line.kind) {
		case "press":
			return `${line.by} presses [${line.label}]`;
		case "answer":
			return indented(`bot ${line.isAlert ? "alerts" : "whispers"}: ${line.text}`);
		case "message": {
			const message = chat.messages.get(line.messageId);
			return message === undefined ? `${line.by}: (gone)` : indented(messageText(message, line));
		}
	}
}

function messageText(message: Message, { by, isSilent }: Extract<Line, { kind: "message" }>): string {
	const { document, forward_from, edit_date } = message;
	const how = `${isSilent ? " (silently)" : ""}${edit_date === undefined ? "" : " (edited)"}`;
	const from = forward_from === undefined ? "" : ` forwards ${forward_from.first_name}`;
	const file = document === undefined ? "" : ` sends ${document.file_name} (${sizeText(document.file_size)})`;
	const words = rendered(message.text ?? message.caption ?? "", message.entities ?? message.caption_entities ?? []);
	const head = `${by}${how}${from}${file}`;
	const rows = (message.reply_markup?.inline_keyboard ?? []).map((row) => row.map(({ text }) => `[${text}]`).join(" "));
	return [words === "" ? head : `${head}: ${words}`, ...rows].join("\n");
}

/** All but the first line. */
function indented(text: string): string {
	return text.replace(/\n(?=[^\n])/g, "\n  ");
}

const kilobyte = 1024;

function sizeText(bytes: number): string {
	if (bytes < kilobyte) return `${bytes} bytes`;
	if (bytes < kilobyte ** 2) return `${(bytes / kilobyte).toFixed(1)} KB`;
	return `${(bytes / kilobyte ** 2).toFixed(1)} MB`;
}

/** With signs in place of bold letters and boxes. */
export function rendered(text: string, entities: readonly Entity[]): string {
	const marks = entities.flatMap((entity, order) => {
		const sign = signs[entity.type];
		if (sign === undefined) return [];
		const [open, close] = sign(entity);
		const end = entity.offset + entity.length;
		return [
			// What is longer opens first and closes last, so that signs stand in one another.
			{ at: entity.offset, isOpening: true, size: -entity.length, order, sign: open },
			{ at: end, isOpening: false, size: entity.length, order: -order, sign: close },
		];
	});
	marks.sort((a, b) => {
		return a.at - b.at || Number(a.isOpening) - Number(b.isOpening) || a.size - b.size || a.order - b.order;
	});
	let from = 0;
	let out = "";
	for (const { at, sign } of marks) {
		out += text.slice(from, at) + sign;
		from = at;
	}
	return out + text.slice(from);
}

const signs: Readonly<Record<string, (entity: Entity) => readonly [open: string, close: string]>> = {
	bold: () => ["**", "**"],
	italic: () => ["_", "_"],
	underline: () => ["__", "__"],
	strikethrough: () => ["~~", "~~"],
	spoiler: () => ["||", "||"],
	code: () => ["`", "`"],
	pre: ({ language = "" }) => [`\`\`\`${language}\n`, "\n```"],
	text_link: ({ url = "" }) => ["[", `](${url})`],
	blockquote: () => ["> ", ""],
	expandable_blockquote: () => ["> ", ""],
};

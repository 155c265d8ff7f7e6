/** What came, as far as the bot cares. Private chats with people, fresh words and presses; everything else is ignored. Pure. */
import { z } from "zod";
import type { Incoming, Why } from "./port.ts";

const Account = z.object({ id: z.int(), is_bot: z.boolean().optional(), first_name: z.string().optional() });
const Room = z.object({ id: z.int(), type: z.string() });
const Message = z.object({
	message_id: z.int(),
	date: z.number(),
	chat: Room,
	from: Account.optional(),
	text: z.string().optional(),
	/** Somebody speaks for a group or a channel. */
	sender_chat: z.unknown().optional(),
	via_bot: z.unknown().optional(),
	forward_origin: z.unknown().optional(),
	forward_date: z.unknown().optional(),
	forward_from: z.unknown().optional(),
	edit_date: z.unknown().optional(),
});
const Press = z.object({
	id: z.string(),
	from: Account,
	data: z.string().optional(),
	message: z.object({ message_id: z.int(), chat: Room }).optional(),
});
const Update = z.object({
	update_id: z.int(),
	message: Message.optional(),
	callback_query: Press.optional(),
	edited_message: z.unknown().optional(),
	channel_post: z.unknown().optional(),
	edited_channel_post: z.unknown().optional(),
	inline_query: z.unknown().optional(),
	chosen_inline_result: z.unknown().optional(),
});

/** Undefined for what has not even a number. */
export function readUpdate(value: unknown): Incoming | undefined {
	const { data } = Update.safeParse(value);
	if (data === undefined) {
		const { data: numbered } = z.object({ update_id: z.int() }).safeParse(value);
		return numbered && { kind: "ignored", update: numbered.update_id, why: "other" };
	}
	const { update_id: update, message, callback_query: press } = data;
	const ignored = (why: Why): Incoming => ({ kind: "ignored", update, why });
	if (message !== undefined) return ofMessage(message, update) ?? ignored(whyNot(message));
	if (press !== undefined) return ofPress(press, update) ?? ignored("other");
	if (data.edited_message !== undefined || data.edited_channel_post !== undefined) return ignored("edited");
	if (data.channel_post !== undefined) return ignored("channel");
	if (data.inline_query !== undefined || data.chosen_inline_result !== undefined) return ignored("inline");
	return ignored("other");
}

function ofMessage(message: z.infer<typeof Message>, update: number): Incoming | undefined {
	const { from, chat, text, date } = message;
	if (from === undefined || !isOurs(message)) return undefined;
	const person = { id: from.id, name: from.first_name ?? "" };
	if (text === undefined) return { kind: "wordless", update, person, chat: chat.id };
	return { kind: "message", update, person, chat: chat.id, text, sentMs: date * 1_000 };
}

function isOurs({ from, chat, ...message }: z.infer<typeof Message>): boolean {
	const isPlain = [message.sender_chat, message.via_bot, message.edit_date, ...forwardsOf(message)].every(
		(mark) => mark === undefined,
	);
	return isPlain && chat.type === "private" && chat.id === from?.id && from.is_bot !== true;
}

function whyNot(message: z.infer<typeof Message>): Why {
	if (message.chat.type === "channel") return "channel";
	if (message.chat.type !== "private") return "group";
	if (forwardsOf(message).some((mark) => mark !== undefined)) return "forwarded";
	if (message.edit_date !== undefined) return "edited";
	return message.from?.is_bot === true || message.via_bot !== undefined ? "bot" : "other";
}

function forwardsOf({ forward_origin, forward_date, forward_from }: Partial<z.infer<typeof Message>>): unknown[] {
	return [forward_origin, forward_date, forward_from];
}

/** On a message of a private chat only: others could pass theirs on. */
function ofPress({ id, from, data, message }: z.infer<typeof Press>, update: number): Incoming | undefined {
	if (data === undefined || message === undefined || from.is_bot === true) return undefined;
	const { chat, message_id } = message;
	if (chat.type !== "private" || chat.id !== from.id) return undefined;
	const person = { id: from.id, name: from.first_name ?? "" };
	return { kind: "press", update, person, chat: chat.id, press: id, message: message_id, data };
}

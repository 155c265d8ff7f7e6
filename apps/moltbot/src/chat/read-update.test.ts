import { expect, test } from "vitest";
import { readUpdate } from "./read-update.ts";

const ana = { id: 4711, is_bot: false, first_name: "Ana" };
const chat = { id: 4711, type: "private" };
const group = { id: -100, type: "supergroup" };
const message = { message_id: 1, date: 1_769_846_400, chat, from: ana, text: "/stop" };
const button = { id: "7", from: ana, data: "y:abcdefgh", message: { message_id: 2, chat } };

test("words and presses in a private chat are read", () => {
	expect(readUpdate({ update_id: 5, message })).toEqual({
		kind: "message",
		update: 5,
		person: { id: 4711, name: "Ana" },
		chat: 4711,
		text: "/stop",
		sentMs: 1_769_846_400_000,
	});
	expect(readUpdate({ update_id: 6, callback_query: button })).toMatchObject({
		kind: "press",
		data: "y:abcdefgh",
		message: 2,
	});
	expect(readUpdate({ update_id: 7, message: { ...message, text: undefined, photo: [] } })).toMatchObject({
		kind: "wordless",
	});
});

test.each([
	["group", { message: { ...message, chat: group } }],
	["group", { message: { ...message, chat: group, sender_chat: group, from: { ...ana, is_bot: true } } }],
	["channel", { channel_post: { ...message, chat: { id: -7, type: "channel" } } }],
	["edited", { edited_message: message }],
	["edited", { message: { ...message, edit_date: 1 } }],
	["forwarded", { message: { ...message, forward_origin: { type: "user" } } }],
	["forwarded", { message: { ...message, forward_date: 1 } }],
	["bot", { message: { ...message, via_bot: { id: 9 } } }],
	["bot", { message: { ...message, from: { ...ana, is_bot: true } } }],
	["inline", { inline_query: { id: "1" } }],
	["other", { message: { ...message, from: undefined } }],
	["other", { message: { ...message, sender_chat: { id: -7 } } }],
	["other", { message: { ...message, chat: { ...chat, id: 99 } } }],
	["other", { my_chat_member: {} }],
	["other", { message: "no message" }],
	["other", { callback_query: { ...button, message: { message_id: 2, chat: group } } }],
	["other", { callback_query: { ...button, message: undefined } }],
	["other", { callback_query: { ...button, message: { message_id: 2, chat: { ...chat, id: 99 } } } }],
])("TGM-01: %s is ignored: %j", (why, what) => {
	expect(readUpdate({ update_id: 5, ...what })).toEqual({ kind: "ignored", update: 5, why });
});

test("what has no number is nothing", () => {
	expect(readUpdate({ message })).toBeUndefined();
	expect(readUpdate(null)).toBeUndefined();
});

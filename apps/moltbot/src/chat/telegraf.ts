/**
 * Telegram's Bot API as a chat, by way of telegraf's client. Its polling loop and its handlers are not used: both end the
 * process over a conflict, a limit or a network that is down. Its client names the address of a request in some errors,
 * and the token is part of that address; so every word that comes from it passes through `hide`.
 */
import { Telegram, TelegramError } from "telegraf";
import type { Chat, Outgoing, Told } from "./port.ts";
import { readUpdate } from "./read-update.ts";
import { begun, captionMax, fitting, type Rich } from "./rich.ts";
import { type ApiFault, troubleOf } from "./trouble.ts";

export interface Account {
	readonly token: string;
	/** The address of the Bot API. */
	readonly api: string;
	/** Takes secrets out of a text. */
	hide(text: string): string;
}

export function telegramChat({ token, api, hide }: Account): Chat {
	const telegram = new Telegram(token, { apiRoot: api });
	return {
		async introduce(commands, signal) {
			// With a webhook set there is nothing to receive.
			const freed = await call<true>("deleteWebhook", { drop_pending_updates: false }, signal);
			if (freed.kind === "trouble") return freed;
			const me = await call<{ username?: string }>("getMe", {}, signal);
			if (me.kind === "trouble") return me;
			const listed = commands.map(({ name: command, about: description }) => ({ command, description }));
			const scope = { type: "all_private_chats" };
			const told = await call<true>("setMyCommands", { commands: listed, scope }, signal);
			return told.kind === "trouble" ? told : { kind: "done", value: { name: me.value.username ?? "" } };
		},
		async receive(after, signal) {
			const asked = { offset: after + 1, timeout: pollS, limit: batchMax, allowed_updates: wanted };
			const told = await call<unknown>("getUpdates", asked, signal, pollS * 1_000 + callMs);
			if (told.kind === "trouble") return told;
			const updates = Array.isArray(told.value) ? told.value : [];
			return { kind: "done", value: updates.flatMap((update) => readUpdate(update) ?? []) };
		},
		async send(chat, message, signal) {
			const how = { chat_id: chat, ...(message.silent && { disable_notification: true }), ...markupOf(message) };
			const { text, rest } = fitting(safe(message.text));
			const file = message.file ?? (rest === undefined ? undefined : { name: "whole.md", content: rest });
			const told = await (file === undefined
				? call<Sent>("sendMessage", { ...how, ...wordsOf(text) }, signal)
				: call<Sent>("sendDocument", { ...how, ...captionOf(text), document: documentOf(file) }, signal, fileMs));
			return told.kind === "trouble" ? told : { kind: "done", value: told.value.message_id };
		},
		async edit(chat, message, next, signal) {
			const what = { chat_id: chat, message_id: message, ...wordsOf(fitting(safe(next.text)).text), ...markupOf(next) };
			const told = await call<Sent | true>("editMessageText", what, signal);
			if (told.kind === "trouble" && told.trouble.kind === "refused" && /not modified/.test(told.trouble.why))
				return { kind: "done", value: message };
			return told.kind === "trouble" ? told : { kind: "done", value: message };
		},
		async answerPress(press, words, signal) {
			const answer = { callback_query_id: press, ...(words !== "" && { text: hide(words).slice(0, answerMax) }) };
			const told = await call<true>("answerCallbackQuery", answer, signal);
			return told.kind === "trouble" ? told : { kind: "done", value: undefined };
		},
	};

	async function call<T>(method: string, payload: object, signal: AbortSignal, withinMs = callMs): Promise<Told<T>> {
		const both = AbortSignal.any([signal, AbortSignal.timeout(withinMs)]);
		try {
			// The client's types know the methods of its day, and another AbortSignal.
			const value = await telegram.callApi(method as never, payload as never, { signal: both as never });
			return { kind: "done", value: value as T };
		} catch (error) {
			const { description, ...fault } = faultOf(error);
			return { kind: "trouble", trouble: troubleOf({ ...fault, description: hide(description) }) };
		}
	}

	function safe(text: Rich): Rich {
		const hidden = hide(text.text);
		// Something was taken out of it: nobody knows where its parts are now.
		return hidden === text.text ? text : { text: hidden, entities: [] };
	}

	function documentOf({ name, content }: { readonly name: string; readonly content: string }) {
		return { source: Buffer.from(hide(content)), filename: name };
	}
}

interface Sent {
	readonly message_id: number;
}

function wordsOf({ text, entities }: Rich) {
	return { text: text.trim() === "" ? "…" : text, entities, link_preview_options: { is_disabled: true } };
}

function captionOf(text: Rich) {
	const { text: caption, entities: caption_entities } = begun(text, captionMax);
	return { caption, caption_entities };
}

function markupOf({ buttons }: Outgoing) {
	if (buttons === undefined || buttons.length === 0) return {};
	const inline_keyboard = buttons.map((row) =>
		row.map(({ label: text, data: callback_data }) => ({ text, callback_data })),
	);
	return { reply_markup: { inline_keyboard } };
}

function faultOf(error: unknown): ApiFault {
	if (error instanceof TelegramError) {
		const { code, description, parameters } = error;
		return { code, description: description ?? String(code), retryAfterS: parameters?.retry_after };
	}
	return {
		code: undefined,
		description: error instanceof Error ? error.message : String(error),
		retryAfterS: undefined,
	};
}

const wanted = ["message", "callback_query"];
/** As long as Telegram holds a request that has nothing to answer yet. */
const pollS = 25;
/** As many updates as it gives at once. */
const batchMax = 100;
const callMs = 15_000;
const fileMs = 60_000;
/** Of what is said to a press. */
const answerMax = 200;

/** What people wrote to the bot, as the log has it. */
import type { DataOf, Draft, Entry } from "@shopfloor/core";

type Message = Partial<DataOf<"bot_message">> & { readonly text: string };

export function said(message: Message): Draft {
	const data = { direction: "in" as const, chat: "telegram:1", handled: false, ...message };
	return { type: "bot_message", by: "moltbot", data };
}

/** Numbered as the log would. */
export function entriesOf(messages: readonly Message[], from = 1): Entry[] {
	return messages.map((message, index) => {
		const ts = new Date((from + index) * 60_000).toISOString();
		return { ...said(message), seq: from + index, ts, prev: "" } as Entry;
	});
}

/** Whom a request is for, and whether the bot may write there now. */
import { faulty, forbidden, inVain, type Refused, tooMany } from "../reply.ts";
import type { ChatState, World } from "../world.ts";

export type Addressed = { readonly kind: "chat"; readonly chat: ChatState } | Refused;

export function addressed(world: World, chatId = ""): Addressed {
	if (chatId === "") return faulty("chat_id is empty");
	const chat = world.chatById(chatId);
	if (chat === undefined || chat.door === "unknown") return inVain("chat not found");
	if (chat.door === "met") return forbidden("bot can't initiate conversation with a user");
	if (chat.door === "blocked") return forbidden("bot was blocked by the user");
	return { kind: "chat", chat };
}

/** Undefined when it may be said now; it is counted then. */
export function tooSoon(world: World, { chat }: ChatState): Refused | undefined {
	const retryAfterS = world.flood.admit(chat.id, chat.type !== "private");
	return retryAfterS === 0 ? undefined : tooMany(retryAfterS);
}

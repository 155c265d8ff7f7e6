/** editMessageText and editMessageReplyMarkup. Whoever sends no buttons takes those away that are there. */
import { isDeepStrictEqual } from "node:util";
import type { Call } from "../call.ts";
import { readKeyboard } from "../keyboard.ts";
import { faulty, granted, inVain, type Refused, type Reply } from "../reply.ts";
import type { Message } from "../wire.ts";
import type { ChatState, World } from "../world.ts";
import { addressed, tooSoon } from "./addressed.ts";
import { composedText } from "./composed.ts";

export function editMessageText(world: World, call: Call): Reply {
	const found = messageToEdit(world, call);
	if (found.kind === "refused") return found;
	const composed = composedText(world, call);
	if (composed.kind === "refused") return composed;
	const { reply_markup: _buttons, entities: _entities, ...rest } = found.message;
	if (rest.text === undefined) return faulty("there is no text in the message to edit");
	const { text, entities, keyboard } = composed;
	return edit(world, found, {
		...rest,
		text,
		...(entities.length === 0 ? {} : { entities }),
		...(keyboard === undefined ? {} : { reply_markup: keyboard }),
	});
}

export function editMessageReplyMarkup(world: World, call: Call): Reply {
	const found = messageToEdit(world, call);
	if (found.kind === "refused") return found;
	const buttons = readKeyboard(call.args["reply_markup"]);
	if (buttons.kind === "refused") return faulty(buttons.why);
	if (buttons.isOther) return faulty("Inline keyboard expected");
	for (const what of buttons.overlooked) world.fault(call.method, what);
	const { reply_markup: _buttons, ...rest } = found.message;
	return edit(world, found, buttons.keyboard === undefined ? rest : { ...rest, reply_markup: buttons.keyboard });
}

interface Found {
	readonly kind: "found";
	readonly chat: ChatState;
	readonly message: Message;
}

function messageToEdit(world: World, { args }: Call): Found | Refused {
	const { chat_id, message_id } = args;
	if (chat_id === undefined && message_id === undefined) return faulty("message identifier is not specified");
	const to = addressed(world, chat_id);
	if (to.kind === "refused") return to;
	const message = to.chat.messages.get(Number(message_id));
	if (message === undefined) return inVain("message to edit not found");
	if (message.from?.id !== world.bot.id) return faulty("message can't be edited");
	return { kind: "found", chat: to.chat, message };
}

function edit(world: World, { chat, message }: Found, edited: Message): Reply {
	if (isDeepStrictEqual({ ...message }, { ...edited })) return inVain(notModified);
	const refused = tooSoon(world, chat);
	if (refused !== undefined) return refused;
	const dated = { ...edited, edit_date: world.nowS() };
	world.replace(chat, dated);
	return granted(dated);
}

const notModified =
	"message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";

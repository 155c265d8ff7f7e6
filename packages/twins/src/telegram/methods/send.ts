/** sendMessage and sendDocument. */
import { type Call, parsed } from "../call.ts";
import { faulty, granted, inVain, type Refused, type Reply } from "../reply.ts";
import type { Document, Message } from "../wire.ts";
import { botName, type ChatState, type World } from "../world.ts";
import { addressed, tooSoon } from "./addressed.ts";
import { composedCaption, composedText } from "./composed.ts";

export function sendMessage(world: World, call: Call): Reply {
	const composed = composedText(world, call);
	if (composed.kind === "refused") return composed;
	const { text, entities, keyboard } = composed;
	return send(world, call, {
		text,
		...(entities.length === 0 ? {} : { entities }),
		...(keyboard === undefined ? {} : { reply_markup: keyboard }),
	});
}

export function sendDocument(world: World, call: Call): Reply {
	const composed = composedCaption(world, call);
	if (composed.kind === "refused") return composed;
	const document = documentOf(world, call);
	if (document.kind === "refused") return document;
	const { text, entities, keyboard } = composed;
	return send(world, call, {
		document: document.document,
		...(text === "" ? {} : { caption: text }),
		...(entities.length === 0 ? {} : { caption_entities: entities }),
		...(keyboard === undefined ? {} : { reply_markup: keyboard }),
	});
}

function send(world: World, { args }: Call, said: Partial<Message>): Reply {
	const to = addressed(world, args["chat_id"]);
	if (to.kind === "refused") return to;
	const replied = repliedIn(to.chat, args);
	if (replied.kind === "refused") return replied;
	const refused = tooSoon(world, to.chat);
	if (refused !== undefined) return refused;
	const { message: reply_to_message } = replied;
	const whole = {
		from: world.bot,
		date: world.nowS(),
		...said,
		...(reply_to_message === undefined ? {} : { reply_to_message }),
	};
	const message = world.post(to.chat, botName, whole, { isSilent: isTrue(args["disable_notification"]) });
	return granted(message);
}

type Replied = { readonly kind: "replied"; readonly message: Message | undefined } | Refused;

function repliedIn(chat: ChatState, args: Call["args"]): Replied {
	const parameters = parsed(args["reply_parameters"] ?? "{}");
	if (typeof parameters !== "object" || parameters === null) return faulty("Can't parse reply parameters JSON object");
	const { message_id = args["reply_to_message_id"], allow_sending_without_reply = false } = parameters as {
		message_id?: unknown;
		allow_sending_without_reply?: unknown;
	};
	if (message_id === undefined) return { kind: "replied", message: undefined };
	const message = chat.messages.get(Number(message_id));
	if (message === undefined && allow_sending_without_reply !== true) return inVain("message to be replied not found");
	return { kind: "replied", message };
}

const documentBytesMax = 50 * 1024 * 1024;

function documentOf(world: World, { args, files }: Call): { kind: "document"; document: Document } | Refused {
	const { document: named = "" } = args;
	const file = files.get(named.startsWith("attach://") ? named.slice("attach://".length) : "document");
	if (file === undefined) {
		const known = world.files.get(named);
		if (known !== undefined) return { kind: "document", document: known.document };
		if (named === "") return faulty("there is no document in the request");
		return faulty("wrong file identifier/HTTP URL specified");
	}
	if (file.bytes.length === 0) return faulty("file must be non-empty");
	if (file.bytes.length > documentBytesMax) return tooLarge;
	return { kind: "document", document: world.keepFile(file.name, file.bytes) };
}

export const tooLarge: Refused = {
	kind: "refused",
	status: 413,
	description: "Request Entity Too Large",
	isFault: true,
};

export function isTrue(value = ""): boolean {
	return ["true", "yes", "1"].includes(value.toLowerCase());
}

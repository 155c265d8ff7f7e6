/** The methods of the API that are played, by their names in small letters. */
import type { Call } from "../call.ts";
import { faulty, granted, inVain, type Refused, type Reply } from "../reply.ts";
import type { World } from "../world.ts";
import { addressed } from "./addressed.ts";
import { editMessageReplyMarkup, editMessageText } from "./edit.ts";
import { deleteWebhook, getUpdates } from "./get-updates.ts";
import { answerCallbackQuery } from "./press.ts";
import { sendDocument, sendMessage } from "./send.ts";
import { setMyCommands } from "./set-my-commands.ts";

export type Method = (world: World, call: Call, left: AbortSignal) => Reply | Promise<Reply>;

export const methods: Readonly<Record<string, Method>> = {
	getme: getMe,
	getupdates: getUpdates,
	deletewebhook: deleteWebhook,
	setmycommands: setMyCommands,
	sendmessage: sendMessage,
	senddocument: sendDocument,
	sendchataction: sendChatAction,
	editmessagetext: editMessageText,
	editmessagereplymarkup: editMessageReplyMarkup,
	answercallbackquery: answerCallbackQuery,
	getfile: getFile,
};

export const noSuchMethod: Refused = {
	kind: "refused",
	status: 404,
	description: "Not Found: method not found",
	isFault: true,
};

/** Those that the API counts; who is told to wait there waits for the chat. */
export const countedMethods = new Set(["sendmessage", "senddocument", "editmessagetext", "editmessagereplymarkup"]);

function getMe({ bot }: World): Reply {
	return granted({ ...bot, can_join_groups: true, can_read_all_group_messages: false, supports_inline_queries: false });
}

const actions = ["typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"];
const moreActions = ["upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"];
const knownActions = new Set([...actions, ...moreActions]);

function sendChatAction(world: World, { args }: Call): Reply {
	if (!knownActions.has(args["action"] ?? "")) return faulty("wrong parameter action in request");
	const to = addressed(world, args["chat_id"]);
	return to.kind === "refused" ? to : granted(true);
}

const downloadBytesMax = 20 * 1024 * 1024;

function getFile(world: World, { args }: Call): Reply {
	const { file_id = "" } = args;
	if (file_id === "") return faulty("file_id not specified");
	const file = world.files.get(file_id);
	if (file === undefined) return inVain("wrong file_id or the file is temporarily unavailable");
	if (file.bytes.length > downloadBytesMax) return inVain("file is too big");
	const { file_unique_id, file_size } = file.document;
	return granted({ file_id, file_unique_id, file_size, file_path: file.path });
}

/** Who there is and what was said: what the methods of the API and the people of a test work on. */
import { randomUUID } from "node:crypto";
import type { Fault } from "../serve/asked.ts";
import { Flood, type Limits } from "./limits.ts";
import { Updates } from "./updates.ts";
import type { Chat, Document, Message, User } from "./wire.ts";

export interface ChatState {
	/** As tests call it. */
	readonly name: string;
	readonly chat: Chat;
	/** What happened, in order. A message is shown as it is now, at the place where it was said. */
	readonly lines: Line[];
	readonly messages: Map<number, Message>;
	/** A bot may write to a person only who wrote to it first; of one who never did anything near it, it knows nothing. */
	door: "unknown" | "met" | "open" | "blocked";
}

export type Line =
	| { readonly kind: "message"; readonly by: string; readonly messageId: number; readonly isSilent: boolean }
	| { readonly kind: "press"; readonly by: string; readonly label: string }
	/** To a press, for the one who pressed. */
	| { readonly kind: "answer"; readonly text: string; readonly isAlert: boolean };

export interface Press {
	readonly chat: ChatState;
	readonly atMs: number;
	isAnswered: boolean;
}

export interface BotCommand {
	readonly command: string;
	readonly description: string;
}

/** A file of a message. */
export interface KeptFile {
	readonly document: Document;
	readonly path: string;
	readonly bytes: Buffer;
}

export interface WorldOptions {
	readonly nowMs: () => number;
	readonly limits: Limits;
	/** Called with what the bot did in a chat. */
	readonly onBot?: (chat: ChatState, line: Line) => void;
}

export class World {
	readonly bot: User = { id: 4242, is_bot: true, first_name: "Shopfloor", username: "shopfloor_bot" };
	readonly updates: Updates;
	readonly flood: Flood;
	readonly faults: Fault[] = [];
	readonly presses = new Map<string, Press>();
	readonly files = new Map<string, KeptFile>();
	commands: readonly BotCommand[] = [];
	readonly #chats = new Map<string, ChatState>();
	readonly #options: WorldOptions;
	#passedMs = 0;
	#nextMessageId = 1;

	constructor(options: WorldOptions) {
		this.#options = options;
		const nowMs = () => this.nowMs();
		this.updates = new Updates(nowMs);
		this.flood = new Flood(options.limits, nowMs);
	}

	nowMs(): number {
		return this.#options.nowMs() + this.#passedMs;
	}

	nowS(): number {
		return Math.floor(this.nowMs() / 1_000);
	}

	passTime(ms: number): void {
		this.#passedMs += ms;
		this.updates.timePassed();
	}

	fault(method: string, message: string): void {
		keep(this.faults, { kind: "protocol", message, path: method });
	}

	chat(name: string): ChatState | undefined {
		return this.#chats.get(name);
	}

	chatById(id: string): ChatState | undefined {
		return [...this.#chats.values()].find(({ chat }) => String(chat.id) === id);
	}

	get chatCount(): number {
		return this.#chats.size;
	}

	addChat(name: string, chat: Chat, door: ChatState["door"]): ChatState {
		const state: ChatState = { name, chat, lines: [], messages: new Map(), door };
		this.#chats.set(name, state);
		return state;
	}

	/** Adds a message, and its line by the name of whoever says it. */
	post(chat: ChatState, by: string, said: Omit<Message, "message_id" | "chat">, { isSilent = false } = {}): Message {
		const message: Message = { message_id: this.#nextMessageId++, chat: chat.chat, ...said };
		chat.messages.set(message.message_id, message);
		if (chat.messages.size > keptMax) chat.messages.delete(Math.min(...chat.messages.keys()));
		const line: Line = { kind: "message", by, messageId: message.message_id, isSilent };
		this.tell(chat, line);
		return message;
	}

	replace(chat: ChatState, message: Message): void {
		chat.messages.set(message.message_id, message);
		const line = chat.lines.find((known) => known.kind === "message" && known.messageId === message.message_id);
		if (line !== undefined) this.#showBot(chat, line);
	}

	tell(chat: ChatState, line: Line): void {
		keep(chat.lines, line);
		this.#showBot(chat, line);
	}

	keepFile(name: string, bytes: Buffer): Document {
		const file_unique_id = randomUUID().replaceAll("-", "").slice(0, 16);
		const document = { file_id: `BQ${file_unique_id}`, file_unique_id, file_name: name, file_size: bytes.length };
		this.files.set(document.file_id, { document, path: `documents/file_${this.files.size}`, bytes });
		const [oldest = ""] = this.files.keys();
		if (this.files.size > filesMax) this.files.delete(oldest);
		return document;
	}

	#showBot(chat: ChatState, line: Line): void {
		const isBots = line.kind === "answer" || (line.kind === "message" && line.by === botName);
		if (isBots) this.#options.onBot?.(chat, line);
	}
}

/** How the bot is called in a chat as text. */
export const botName = "bot";

/** More than any test reads. */
const keptMax = 10_000;
/** Each may have 50 MB. */
const filesMax = 100;

export function keep<T>(list: T[], item: T): void {
	list.push(item);
	if (list.length > keptMax) list.shift();
}

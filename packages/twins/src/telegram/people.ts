/** The people of a test and what they do. Each deed is an update for the bot, as the API makes it. */
import { randomUUID } from "node:crypto";
import { foundIn } from "./formatted.ts";
import type { Button, Chat, Message, User } from "./wire.ts";
import type { ChatState, World } from "./world.ts";

/** Where and how something is said; in the private chat with the bot, if nothing is given. */
export interface How {
	/** A group, made when it is first named. */
	readonly in?: string;
	/** As an administrator whose name is hidden behind the group's. */
	readonly anonymously?: boolean;
	readonly replyTo?: number;
	/** How long ago, for what a bot finds after it was away. */
	readonly agoMs?: number;
}

export interface Which {
	readonly in?: string;
	/** A message; if not given, the newest one with such a button. */
	readonly of?: number;
}

export class Person {
	readonly id: number;
	readonly username: string;
	readonly #name: string;
	readonly #world: World;
	readonly #private: ChatState;

	constructor(world: World, name: string, id: number, username: string) {
		this.#world = world;
		this.#name = name;
		this.id = id;
		this.username = username;
		this.#private = world.addChat(name, { id, type: "private", first_name: name, username }, "unknown");
	}

	/** Returns the message's number. */
	says(text: string, how: How = {}): number {
		const entities = foundIn(text);
		return this.#post({ text, ...(entities.length === 0 ? {} : { entities }) }, how);
	}

	/** Says again what another said. */
	forwards(text: string, from: string, how: How = {}): number {
		const sender = this.#world.chat(from)?.chat;
		const sender_user: User = { id: sender?.id ?? strangerId, is_bot: false, first_name: from };
		const date = this.#world.nowS();
		const origin = { forward_origin: { type: "user" as const, sender_user, date }, forward_from: sender_user };
		const entities = foundIn(text);
		return this.#post({ text, ...(entities.length === 0 ? {} : { entities }), ...origin, forward_date: date }, how);
	}

	sendsDocument(file: { name: string; content: string | Buffer; caption?: string }, how: How = {}): number {
		const { name, content, caption } = file;
		const document = this.#world.keepFile(name, Buffer.from(content));
		return this.#post({ document, ...(caption === undefined ? {} : { caption }) }, how);
	}

	edits(messageId: number, text: string, how: Pick<How, "in"> = {}): void {
		const chat = this.#chat(how.in);
		const message = chat.messages.get(messageId);
		if (message === undefined) throw new Error(`${this.#name} cannot edit message ${messageId}: there is none.`);
		const { entities: _entities, ...rest } = message;
		const found = foundIn(text);
		const edited = {
			...rest,
			text,
			edit_date: this.#world.nowS(),
			...(found.length === 0 ? {} : { entities: found }),
		};
		this.#world.replace(chat, edited);
		this.#world.updates.add("edited_message", edited);
	}

	/** Presses a button that is shown now; throws if none is. Returns the press's id. */
	presses(label: string, which: Which = {}): string {
		const chat = this.#chat(which.in);
		const shown = [...chat.messages.values()].filter(({ message_id }) => (which.of ?? message_id) === message_id);
		const message = shown.findLast((candidate) => buttonOf(candidate, label) !== undefined);
		const data = message && buttonOf(message, label)?.callback_data;
		if (message === undefined || data === undefined) {
			const labels = shown.flatMap((candidate) => buttonsOf(candidate).map(({ text }) => `[${text}]`));
			const there = labels.length === 0 ? "nothing to press" : labels.join(" ");
			throw new Error(`${this.#name} sees no button [${label}] to press; there is ${there}.`);
		}
		return this.#press(chat, message, data, label);
	}

	/** Presses what no button says, as a client can that was tampered with. */
	forges(data: string, which: Which = {}): string {
		const chat = this.#chat(which.in);
		const sent = [...chat.messages.values()].filter(({ from }) => from?.id === this.#world.bot.id);
		const message = sent.findLast(({ message_id }) => (which.of ?? message_id) === message_id);
		if (message === undefined) throw new Error(`${this.#name} sees no message of the bot to forge a press for.`);
		return this.#press(chat, message, data, data);
	}

	/** Writes the bot's name and something behind it, in whatever chat. */
	asksInline(query: string): void {
		this.#meets();
		const id = randomUUID();
		this.#world.updates.add("inline_query", { id, from: this.#user, query, offset: "", chat_type: "private" });
	}

	blocks(): void {
		this.#private.door = "blocked";
		this.#membership("member", "kicked");
	}

	unblocks(): void {
		this.#private.door = "open";
		this.#membership("kicked", "member");
	}

	get #user(): User {
		return { id: this.id, is_bot: false, first_name: this.#name, username: this.username };
	}

	#chat(group: string | undefined): ChatState {
		return group === undefined ? this.#private : groupOf(this.#world, group);
	}

	#meets(): void {
		if (this.#private.door === "unknown") this.#private.door = "met";
	}

	#post(said: Partial<Message>, { in: group, anonymously = false, replyTo, agoMs = 0 }: How): number {
		const chat = this.#chat(group);
		if (group === undefined) this.#private.door = "open";
		else this.#meets();
		const reply_to_message = replyTo === undefined ? undefined : chat.messages.get(replyTo);
		const message = this.#world.post(chat, anonymously ? "anonymous admin" : this.#name, {
			from: anonymously ? anonymousAdmin : this.#user,
			...(anonymously ? { sender_chat: chat.chat } : {}),
			date: Math.floor((this.#world.nowMs() - agoMs) / 1_000),
			...said,
			...(reply_to_message === undefined ? {} : { reply_to_message }),
		});
		this.#world.updates.add("message", message);
		return message.message_id;
	}

	#press(chat: ChatState, message: Message, data: string, label: string): string {
		const id = randomUUID();
		this.#world.presses.set(id, { chat, atMs: this.#world.nowMs(), isAnswered: false });
		this.#world.tell(chat, { kind: "press", by: this.#name, label });
		const instance = String(chat.chat.id);
		this.#world.updates.add("callback_query", { id, from: this.#user, message, chat_instance: instance, data });
		return id;
	}

	#membership(from: "member" | "kicked", to: "member" | "kicked"): void {
		const member = (status: string) => ({ user: this.#world.bot, status });
		this.#world.updates.add("my_chat_member", {
			chat: this.#private.chat,
			from: this.#user,
			date: this.#world.nowS(),
			old_chat_member: member(from),
			new_chat_member: member(to),
		});
	}
}

/** A channel's post, by nobody. Returns the message's number. */
export function postIn(world: World, channel: string, text: string): number {
	const chat = world.chat(channel) ?? world.addChat(channel, madeChat(world, channel, "channel"), "open");
	const message = world.post(chat, channel, { sender_chat: chat.chat, date: world.nowS(), text });
	world.updates.add("channel_post", message);
	return message.message_id;
}

function groupOf(world: World, name: string): ChatState {
	return world.chat(name) ?? world.addChat(name, madeChat(world, name, "supergroup"), "open");
}

/** Such numbers are the API's for groups and channels. */
function madeChat(world: World, title: string, type: "supergroup" | "channel"): Chat {
	return { id: -1_000_000_000_001 - world.chatCount, type, title };
}

function buttonsOf(message: Message): readonly Button[] {
	return message.reply_markup?.inline_keyboard.flat() ?? [];
}

function buttonOf(message: Message, label: string): Button | undefined {
	return buttonsOf(message).find(({ text }) => text === label);
}

/** Of somebody the test does not name. */
const strangerId = 99_999;

/** The API's own bot for this, the same everywhere. */
const anonymousAdmin: User = { id: 1_087_968_824, is_bot: true, first_name: "Group", username: "GroupAnonymousBot" };

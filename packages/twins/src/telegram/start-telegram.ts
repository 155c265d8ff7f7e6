/** A twin of Telegram's Bot API: the server that a bot speaks with, and the people who speak with the bot. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Fault } from "../serve/asked.ts";
import { type Answered, answer } from "./answer.ts";
import { type Limits, usualLimits } from "./limits.ts";
import { Person, postIn } from "./people.ts";
import { textOf, transcriptOf } from "./transcript.ts";
import { type GoingWrong, type Trouble, Troubles } from "./trouble.ts";
import type { Message } from "./wire.ts";
import { type BotCommand, type ChatState, World } from "./world.ts";

export interface TelegramOptions<Name extends string = "ana"> {
	/** Who may write to the bot; ana, if not given. */
	readonly people?: Readonly<Record<Name, Profile>>;
	/** Any free one, if not given. */
	readonly port?: number;
	/** The only one that is taken. */
	readonly token?: string;
	readonly limits?: Partial<Limits>;
	/** The clock that `passTime` moves on; the machine's, if not given. */
	readonly nowMs?: () => number;
	/** Called with what the bot says, as it says it. */
	readonly onBot?: (chat: string, text: string) => void;
}

export interface Profile {
	/** From 4711 on, if not given. */
	readonly id?: number;
	/** The name, if not given. Two may have the same: whoever gives one up leaves it to the next. */
	readonly username?: string;
}

export interface Telegram<Name extends string = "ana"> {
	/** Without a slash at the end. */
	readonly url: string;
	readonly token: string;
	readonly people: Readonly<Record<Name, Person>>;
	/** What was asked, in order, tokens left out; the last ones, where there are too many. */
	readonly calls: readonly Answered[];
	/** The rules that were broken. A test of a bot asserts that there are none. */
	readonly faults: readonly Fault[];
	/** The bot's menu. */
	readonly commands: readonly BotCommand[];
	/** How many updates the bot has not confirmed. */
	readonly pending: number;
	/** A chat as its people read it; of a person, a group or a channel. */
	chat(name: string): string;
	/** The messages of a chat as they are now. */
	messages(name: string): readonly Message[];
	/** What the bot sent there as files. */
	documents(name: string): readonly SentDocument[];
	/** A post in a channel, which is made when it is first named. Returns the message's number. */
	posts(channel: string, text: string): number;
	goWrong(trouble: Trouble): GoingWrong;
	passTime(ms: number): void;
	/** Cuts what is open. */
	close(): Promise<void>;
}

export interface SentDocument {
	readonly name: string;
	readonly text: string;
	readonly caption: string;
}

/** Its `url` is telegraf's `apiRoot`. */
export async function startTelegram<Name extends string = "ana">(
	options: TelegramOptions<Name> = {},
): Promise<Telegram<Name>> {
	const { port = 0, token = usualToken, limits, nowMs = Date.now, onBot } = options;
	const world = new World({
		nowMs,
		limits: { ...usualLimits, ...limits },
		onBot: (chat, line) => onBot?.(chat.name, textOf(chat, line)),
	});
	const people = peopleIn(world, options.people ?? ({ ana: {} } as Record<Name, Profile>));
	const troubles = new Troubles();
	const calls: Answered[] = [];

	const server = createServer((request, response) => {
		answer({ world, token, troubles, calls }, request, response).catch((error: unknown) => {
			// The bot left, which is its right; anything else is a fault of ours, and the test must see it.
			if (!(request.destroyed && response.destroyed)) world.fault("", `the twin itself failed: ${String(error)}`);
			response.destroy();
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, "127.0.0.1", resolve);
	});
	const { port: taken } = server.address() as AddressInfo;

	return {
		url: `http://127.0.0.1:${taken}`,
		token,
		people,
		calls,
		faults: world.faults,
		get commands() {
			return world.commands;
		},
		get pending() {
			return world.updates.pending;
		},
		chat: (name) => transcriptOf(chatNamed(world, name)),
		messages: (name) => [...chatNamed(world, name).messages.values()],
		documents: (name) => documentsIn(world, chatNamed(world, name)),
		posts: (channel, text) => postIn(world, channel, text),
		goWrong: (trouble) => troubles.add(trouble),
		passTime: (ms) => world.passTime(ms),
		close: () =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

/** In the form of a real one, which some look at. */
const usualToken = "4242:twin-of-telegram-0123456789abcdefgh";

const firstPersonId = 4711;

function peopleIn<Name extends string>(world: World, profiles: Readonly<Record<Name, Profile>>): Record<Name, Person> {
	const entries = Object.entries<Profile>(profiles).map(([name, { id, username = name }], at) => {
		return [name, new Person(world, name, id ?? firstPersonId + at, username)] as const;
	});
	return Object.fromEntries(entries) as Record<Name, Person>;
}

function chatNamed(world: World, name: string): ChatState {
	const chat = world.chat(name);
	if (chat === undefined) throw new Error(`There is no chat "${name}": no such person, and nothing was said there.`);
	return chat;
}

function documentsIn(world: World, chat: ChatState): SentDocument[] {
	const sent = [...chat.messages.values()].filter(({ from }) => from?.id === world.bot.id);
	return sent.flatMap(({ document, caption = "" }) => {
		const file = document && world.files.get(document.file_id);
		return file === undefined ? [] : [{ name: file.document.file_name, text: file.bytes.toString("utf8"), caption }];
	});
}

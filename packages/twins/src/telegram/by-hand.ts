/** `main.js telegram [--port 0] [--people ana,max]`: a chat with a bot at the terminal. */
import { parseArgs } from "node:util";
import { startTelegram, type Telegram } from "./start-telegram.ts";

export type ServedTelegram =
	| {
			readonly kind: "serving";
			readonly twin: Telegram<string>;
			/** One line of what a person does; what the bot does then is printed when it does it. */
			hear(line: string): void;
	  }
	/** Nothing was started; the lines say why. */
	| { readonly kind: "refused"; readonly lines: readonly string[] };

export async function telegramByHand(args: readonly string[], print: (line: string) => void): Promise<ServedTelegram> {
	const read = readArguments(args);
	if (read === undefined) return { kind: "refused", lines: [telegramUsage] };
	const { names, port } = read;
	const people = Object.fromEntries(names.map((name) => [name, {}]));
	try {
		const twin = await startTelegram<string>({ people, port, onBot: (chat, text) => print(`${chat} | ${text}`) });
		print(`The bot's token is ${twin.token}. ${howToSpeak}`);
		return { kind: "serving", twin, hear: (line) => hear(twin, line, print) };
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
		return { kind: "refused", lines: [`Port ${port} is taken. Without --port, a free one is found.`] };
	}
}

const telegramUsage = "Usage: main.js telegram [--port 0] [--people ana,max]";
const howToSpeak = 'Write "ana: /status" to say something, "ana presses Approve" to press a button.';

function readArguments(args: readonly string[]): { names: string[]; port: number } | undefined {
	const options = { port: { type: "string" }, people: { type: "string" } } as const;
	const { positionals, values, tokens } = parseArgs({
		args: [...args],
		allowPositionals: true,
		strict: false,
		tokens: true,
		options,
	});
	const isKnown = tokens.every((token) => token.kind !== "option" || Object.hasOwn(options, token.name));
	const { port = "0", people = "ana" } = values;
	if (!isKnown || positionals.length > 0 || typeof port !== "string" || typeof people !== "string") return undefined;
	return /^\d{1,5}$/.test(port) && /^\w+(,\w+)*$/.test(people)
		? { names: people.split(","), port: Number(port) }
		: undefined;
}

function hear(twin: Telegram<string>, line: string, print: (line: string) => void): void {
	const [, speaker = "", words] = /^(\w+): (.+)$/.exec(line) ?? [];
	const [, presser = "", label] = /^(\w+) presses \[?(.+?)\]?$/.exec(line) ?? [];
	const person = Object.hasOwn(twin.people, speaker || presser) ? twin.people[speaker || presser] : undefined;
	if (person === undefined) {
		print(howToSpeak);
	} else if (words !== undefined) {
		person.says(words);
	} else {
		try {
			person.presses(label ?? "");
		} catch (error) {
			print((error as Error).message);
		}
	}
}

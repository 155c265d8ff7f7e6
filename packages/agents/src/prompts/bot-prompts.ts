import { cutTo, lineOf, shortenedTo } from "./cut-to.ts";
import { listed, orNone, within } from "./lists.ts";
import type { Prompts, Rendered } from "./load-prompt.ts";
import { factsSlot } from "./visible-json.ts";

export interface BotFacts {
	/** What a person wrote. */
	readonly message: string;
	/** What may be answered from. */
	readonly status: string;
	readonly commands: readonly BotCommand[];
}

/** The factory's own words. */
export interface BotCommand {
	readonly name: string;
	readonly does: string;
	/** Names of its arguments. */
	readonly takes: readonly string[];
}

/** Chooses a command, or answers, or does neither. */
export function botPrompt(prompts: Pick<Prompts, "bot">, { message, status, commands }: BotFacts): Rendered {
	return prompts.bot.render({
		commands: commandsInWords(commands),
		status: orNone(status),
		message: orNone(message),
		facts: factsSlot({
			message: cutTo(message, messageMax),
			commands: commands.map(({ name, does }) => ({ name, does })),
		}),
	});
}

export interface BotSkillsFacts {
	readonly messages: readonly {
		readonly text: string;
		/** The command that it meant, where a person said so. */
		readonly meant: string | null;
		/** Commands that it did not mean. */
		readonly wrong: readonly string[];
	}[];
	/** Examples that there are. */
	readonly known: readonly { readonly command: string; readonly examples: readonly string[] }[];
	readonly commands: readonly BotCommand[];
}

/** Proposes examples for what was not understood. */
export function botSkillsPrompt(
	prompts: Pick<Prompts, "bot-skills">,
	{ messages, known, commands }: BotSkillsFacts,
): Rendered {
	return prompts["bot-skills"].render({
		commands: commandsInWords(commands),
		known: listed(known, ({ command, examples }) => `${command}: ${examples.map(lineOf).join(" · ")}`, knownMax),
		messages: listed(messages, messageInWords, messages.length),
		facts: factsSlot({
			commands: commands.map(({ name, does }) => ({ name, does })),
			messages: within(
				messages.map(({ text, meant }) => ({ text: cutTo(text, messageMax), meant })),
				messagesMax,
			),
		}),
	});
}

function commandsInWords(commands: readonly BotCommand[]): string {
	return commands
		.map(({ name, does, takes }) => `- ${name}: ${does}${takes.length === 0 ? "" : ` (takes ${takes.join(", ")})`}`)
		.join("\n");
}

function messageInWords({ text, meant, wrong }: BotSkillsFacts["messages"][number]): string {
	const notes = [...(meant === null ? [] : [`meant ${meant}`]), ...wrong.map((name) => `did not mean ${name}`)];
	return `${lineOf(shortenedTo(text, 300))}${notes.length === 0 ? "" : ` (${notes.join(", ")})`}`;
}

/** As long as a message in a chat can be. */
const messageMax = 4_096;
/** Skills; more than the bot may have. */
const knownMax = 200;
/** Characters. */
const messagesMax = 20_000;

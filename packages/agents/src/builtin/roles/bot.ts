/** Says which command may be meant. It holds no conversation. */
import { closest } from "@shopfloor/core";
import type { Facts } from "../facts.ts";
import { type Ended, refused, type Said, said } from "./said.ts";

export function answerChat({ message, commands }: Facts): Said | Ended {
	if (!message || !commands?.length) return refused("the prompt holds no message with the commands that there are");
	const words = message.toLowerCase().match(/[a-z][a-z-]+/g) ?? [];
	const names = commands.map(({ name }) => name);
	const bare = (name: string) => name.replace(/^\//, "");
	const meant = words
		.map((word) => names.find((name) => bare(name) === word) ?? closest(word, names.map(bare)))
		.find((name) => name !== undefined);
	const command = commands.find(({ name }) => bare(name) === bare(meant ?? ""));
	const list = commands.map(({ name, does }) => `${name} – ${does}`).join("\n");
	const text =
		command === undefined
			? `Without a model I only know these commands:\n${list}`
			: `Do you mean ${command.name}? It does this: ${command.does}`;
	return said(text, { text }, { reply: text }, { reply: text, command: command?.name ?? null });
}

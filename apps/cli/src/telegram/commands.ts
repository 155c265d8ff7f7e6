import type { Command } from "commander";
import type { Context } from "../context.ts";
import { examples } from "../examples.ts";

export function registerTelegram(program: Command, context: Context): void {
	const telegram = program
		.command("telegram")
		.description("steer the factory from a phone, and say who may")
		.addHelpText("after", () =>
			examples(["telegram setup", "asks for the bot's token"], ["telegram approve KMPT4R7W"], ["telegram ls"]),
		);
	telegram
		.command("setup")
		.description("store the bot's token, asked for without showing it, or read from standard input")
		.addHelpText("after", () =>
			examples(["telegram setup"], ["telegram setup < token.txt"], ["secret rm telegram-token", "let the bot go"]),
		)
		.action(async () => {
			const { setUp } = await import("./setup.ts");
			await setUp(context);
		});
	telegram
		.command("approve")
		.description("let in whoever was given this code by the bot")
		.argument("<code>")
		.addHelpText("after", () => examples(["telegram approve KMPT4R7W"]))
		.action(async (code: string) => {
			const { approve } = await import("./approve.ts");
			await approve(context, code);
		});
	telegram
		.command("ls")
		.alias("list")
		.description("who may speak to the bot, and who asks to")
		.option("--json", "for programs")
		.addHelpText("after", () => examples(["telegram ls"]))
		.action(async (options: { json?: true }) => {
			const { listPeople } = await import("./list.ts");
			await listPeople(context, options);
		});
	telegram
		.command("remove")
		.alias("rm")
		.description("listen to somebody no more, at once")
		.argument("<id>", "their number, as telegram ls shows it")
		.addHelpText("after", () => examples(["telegram remove 4711"]))
		.action(async (id: string) => {
			const { removePerson } = await import("./remove.ts");
			await removePerson(context, id);
		});
}

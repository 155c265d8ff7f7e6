import type { Command } from "commander";
import type { Context } from "../context.ts";
import { examples } from "../examples.ts";
import type { ReplayOptions, SkillsOptions } from "./options.ts";

export function registerBot(program: Command, context: Context): void {
	const bot = program
		.command("bot")
		.description("what the bot understands, and what it would have understood")
		.addHelpText("after", () => examples(["bot skills list"], ["bot replay"]));
	bot
		.command("replay")
		.description("say all that people wrote to it in free words again, without and with what it learned")
		.option("--with <folder>", "try a skill: without it and with it")
		.option("--json", "for programs")
		.addHelpText("after", () =>
			examples(
				["bot replay", "what was learned, and what it is worth"],
				["bot replay --with ./burn-rate", "ends with 1 where it would change an answer"],
			),
		)
		.action(async (options: ReplayOptions) => {
			const { replayMessages } = await import("./replay.ts");
			await replayMessages(context, options);
		});
	const skills = bot
		.command("skills")
		.description("the phrases by which it understands free words")
		.addHelpText("after", () => examples(["bot skills list"], ["bot skills show pause"]));
	skills
		.command("list")
		.alias("ls")
		.description("every skill: what it does, where it comes from, and what is wrong with those that are left out")
		.option("--json", "for programs")
		.addHelpText("after", () => examples(["bot skills list"], ["bot skills list --json"]))
		.action(async (options: SkillsOptions) => {
			const { listSkills } = await import("./list.ts");
			listSkills(context, options);
		});
	skills
		.command("show")
		.description("one skill with its examples")
		.argument("<name>")
		.option("--json", "for programs")
		.addHelpText("after", () => examples(["bot skills show pause"]))
		.action(async (name: string, options: SkillsOptions) => {
			const { showSkill } = await import("./show.ts");
			showSkill(context, name, options);
		});
}

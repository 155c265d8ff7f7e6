import type { Command } from "commander";
import type { Context } from "../context.ts";
import { examples } from "../examples.ts";
import { misuse } from "../failure.ts";
import type { InitOptions } from "./options.ts";

export function registerInit(program: Command, context: Context): void {
	program
		.command("init")
		.description("configure the factory: look at a repository and this machine, ask what is open, write it down")
		.argument("[repository]", "the folder or the URL of a git repository; where you stand by default")
		.option("-r, --repository <path or URL>", "the same, by a flag")
		.option("-b, --base <branch>", "the branch on which changes land")
		.option("--sessions <number>", "how many coders work at the same time")
		.option("--agent <names...>", "who works: builtin, claude, codex; the first one is asked first")
		.option("--budget <dollars>", "what paid agents may cost in a day")
		.option("--try", "see whether each agent answers: one short call, which is paid")
		.option("-y, --yes", "take what is found for all that is not said")
		.option("--force", "write over a configuration; the one that was there is kept beside it")
		.option("--json", "for programs; asks nothing")
		.addHelpText("after", () =>
			examples(
				["init", "asks, with what it found as a default"],
				["init ../my-project --yes", "takes all that it finds"],
				["init ../my-project --base main --sessions 2 --agent builtin claude --budget 20"],
			),
		)
		.action(async (argument: string | undefined, options: InitOptions) => {
			if (argument !== undefined && options.repository !== undefined)
				throw misuse("the repository is named twice: leave out the argument, or --repository");
			const { init } = await import("./init.ts");
			await init(context, argument === undefined ? options : { ...options, repository: argument });
		});
}

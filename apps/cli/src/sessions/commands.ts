import type { Command } from "commander";
import type { Context } from "../context.ts";
import { didYouMean } from "../did-you-mean.ts";
import { examples } from "../examples.ts";
import { misuse } from "../failure.ts";
import type { RunOptions, SessionsOptions } from "./options.ts";

export function registerSessions(program: Command, context: Context): void {
	const sessions = program
		.command("sessions")
		.description("each coder's seat: what it is at, and what it brought so far")
		.option("--json", "for programs")
		.addHelpText("after", () =>
			examples(["sessions"], ["sessions scale 2", "give tasks to two of them"], ["attach ralph-1", "watch one work"]),
		)
		.allowExcessArguments()
		.action(async (options: SessionsOptions, command: Command) => {
			const [word] = command.args;
			if (word !== undefined) throw misuse(`sessions takes no argument "${word}". ${didYouMean(word, ["scale"])}`);
			const { showSessions } = await import("./show.ts");
			await showSessions(context, options);
		});
	sessions
		.command("scale")
		.description("how many sessions are given tasks, until somebody says otherwise")
		.argument("<number>", "0 to as many as are configured, or auto: as many as do well")
		.option("--json", "for programs")
		.addHelpText("after", () =>
			examples(["sessions scale 1"], ["sessions scale 0", "finish what is under way"], ["sessions scale auto"]),
		)
		.action(async (word: string, _options: SessionsOptions, command: Command) => {
			const { scaleSessions } = await import("./scale.ts");
			// `sessions` itself has a --json, and takes it before this command sees it.
			await scaleSessions(context, word, command.optsWithGlobals<SessionsOptions>());
		});
	program
		.command("run")
		.description("have a session begin its next cycle now")
		.argument("<session>", "such as ralph-1")
		.option("-w, --wait", "until it is over, and tell what came of it; at most two hours")
		.option("--json", "for programs")
		.addHelpText("after", () => examples(["run ralph-1"], ["run ralph-1 --wait"]))
		.action(async (session: string, options: RunOptions) => {
			const { runCycle } = await import("./run.ts");
			await runCycle(context, session, options);
		});
}

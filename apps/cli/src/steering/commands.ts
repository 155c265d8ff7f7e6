import type { Command } from "commander";
import type { Context } from "../context.ts";
import { examples } from "../examples.ts";
import type { PauseOptions } from "./options.ts";

export function registerSteering(program: Command, context: Context): void {
	program
		.command("pause")
		.description("let running work finish, and start nothing more")
		.argument("[scope]", "all, or the name of a process, session or role", "all")
		.option("-r, --reason <text>", "why, for whoever looks later")
		.option("--for <duration>", "go on by itself after this time")
		.addHelpText("after", () =>
			examples(
				["pause"],
				["pause ralph-1 --reason 'its branch needs a look'"],
				["pause coder --for 2h"],
				["resume", "undo it"],
			),
		)
		.action(async (scope: string, options: PauseOptions) => {
			const { pauseOrStop } = await import("./steer.ts");
			await pauseOrStop(context, "pause", scope, options);
		});
	program
		.command("resume")
		.description("lift a pause or a stop")
		.argument("[scope]", "what was paused", "all")
		.option("-r, --reason <text>", "why, for whoever looks later")
		.addHelpText("after", () => examples(["resume"], ["resume ralph-1"]))
		.action(async (scope: string, options: PauseOptions) => {
			const { goOn } = await import("./steer.ts");
			await goOn(context, scope, options);
		});
	program
		.command("stop")
		.description("end what is being worked on, now, and start nothing more")
		.argument("[scope]", "all, or the name of a process, session or role", "all")
		.option("-r, --reason <text>", "why, for whoever looks later")
		.addHelpText("after", () => examples(["stop"], ["stop --reason 'it is spending too much'"], ["resume", "undo it"]))
		.action(async (scope: string, options: PauseOptions) => {
			const { pauseOrStop } = await import("./steer.ts");
			await pauseOrStop(context, "stop", scope, options);
		});
}

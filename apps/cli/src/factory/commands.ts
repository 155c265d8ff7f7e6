import { loadConfig } from "@shopfloor/core/io";
import type { Command } from "commander";
import type { Context } from "../context.ts";
import { afterDemo } from "../demo/places.ts";
import { examples } from "../examples.ts";
import { exitCodes } from "../failure.ts";

export function registerFactory(program: Command, context: Context): void {
	program
		.command("up")
		.description("bring the factory's processes up under PM2 (what npm start does)")
		.addHelpText("after", () => examples(["up"], ["PM2_HOME=~/.pm2-shopfloor up", "with a PM2 of its own"]))
		.action(async () => {
			const { up } = await import("./up.ts");
			const { lines, allOnline } = await up(context.places, context.environment, (line) => context.say(line));
			for (const line of lines) context.say(line);
			if (!allOnline) context.endWith(exitCodes.notReady);
		});
	program
		.command("start")
		.description(
			"what npm start does: up where something is configured, else a first run on a sample to be thrown away",
		)
		.option("--for <minutes>", "how long a first run is watched at most", "5")
		.addHelpText("after", () => examples(["start"], ["start --for 1", "watch for a minute"]))
		.action(async (options: { readonly for: string }) => {
			const { start } = await import("../demo/start.ts");
			await start(context, options);
		});
	program
		.command("down")
		.description("take down what up started, and nothing else (what npm stop does)")
		.addHelpText("after", () => examples(["down"], ["PM2_HOME=~/.pm2-shopfloor down", "in the PM2 that up was given"]))
		.action(async () => {
			const { down } = await import("./down.ts");
			const { lines, allGone } = await down(context.places, context.environment, context.clock);
			for (const line of lines) context.say(line);
			for (const line of afterDemo(context.places)) context.say(line);
			if (!allGone) context.endWith(exitCodes.failed);
		});
	program
		.command("ecosystem", { hidden: true })
		.description("the process list for ecosystem.config.js, as JSON")
		.action(async () => {
			const { ecosystem } = await import("./ecosystem.ts");
			const apps = ecosystem(loadConfig(context.places.config), context.places, context.environment);
			context.say(JSON.stringify({ apps }, null, "\t"));
		});
}

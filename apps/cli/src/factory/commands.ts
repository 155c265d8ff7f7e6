import type { Places } from "@shopfloor/core/io";
import { loadConfig } from "@shopfloor/core/io";
import type { Command } from "commander";

/** What these commands need of their surroundings. */
export interface FactoryContext {
	readonly places: Places;
	readonly environment: NodeJS.ProcessEnv;
	/** One line for the person. */
	say(line: string): void;
	/** Ends the command with this code once everything is said. */
	endWith(code: number): void;
}

const notReady = 3;

export function registerFactory(program: Command, context: FactoryContext): void {
	program
		.command("up")
		.description("bring the factory's processes up under PM2 (what npm start does)")
		.addHelpText(
			"after",
			"\nExamples:\n  shopfloor up\n  PM2_HOME=~/.pm2-shopfloor shopfloor up   with a PM2 of its own",
		)
		.action(async () => {
			const { up } = await import("./up.ts");
			const { lines, allOnline } = await up(context.places, context.environment, (line) => context.say(line));
			for (const line of lines) context.say(line);
			if (!allOnline) context.endWith(notReady);
		});
	program
		.command("down")
		.description("take down what up started, and nothing else (what npm stop does)")
		.addHelpText("after", "\nExample:\n  shopfloor down")
		.action(async () => {
			const { down } = await import("./down.ts");
			for (const line of await down(context.places, context.environment)) context.say(line);
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

import type { Command } from "commander";
import type { Context } from "../context.ts";
import { examples } from "../examples.ts";
import type { ConfigOptions } from "./options.ts";

export function registerConfig(program: Command, context: Context): void {
	const config = program
		.command("config")
		.description("the configuration: is it right, what does it come to, what may stand in it")
		.addHelpText("after", () => examples(["config check"], ["config show"]));
	config
		.command("check")
		.description("every fault of the configuration at once, each with what to do")
		.option("--json", "for programs")
		.addHelpText("after", () => examples(["config check"], ["config check --json"]))
		.action(async (options: ConfigOptions) => {
			const { checkConfig } = await import("./check.ts");
			checkConfig(context, options);
		});
	config
		.command("show")
		.description("what the configuration comes to, with every default, and where things lie")
		.option("--json", "for programs")
		.addHelpText("after", () => examples(["config show"], ["config show --json | jq .config.every"]))
		.action(async (options: ConfigOptions) => {
			const { showConfig } = await import("./show.ts");
			showConfig(context, options);
		});
	config
		.command("schema")
		.description("the JSON schema of the configuration, for completion in editors")
		.option("--json", "the only form there is")
		.addHelpText("after", () => examples(["config schema > shopfloor.schema.json"]))
		.action(async () => {
			const { printSchema } = await import("./schema.ts");
			printSchema(context);
		});
}

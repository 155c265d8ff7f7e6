import { type Command, Option } from "commander";
import type { Context } from "../context.ts";
import { examples } from "../examples.ts";
import type { TestOptions } from "./options.ts";

export function registerSandbox(program: Command, context: Context): void {
	const sandbox = program
		.command("sandbox")
		.description("what shuts in the programs of agents and checks")
		.addHelpText("after", () => examples(["sandbox test"]));
	sandbox
		.command("test")
		.description("try to break it on this machine, in some twenty ways; shows what was tried and what held")
		.addOption(
			new Option("--runner <name>", "this one, and not the one that is configured").choices(["bubblewrap", "unshare"]),
		)
		.option("--json", "for programs")
		.addHelpText("after", () => examples(["sandbox test"], ["sandbox test --runner unshare --json"]))
		.action(async (options: TestOptions) => {
			const { trySandbox } = await import("./try-sandbox.ts");
			await trySandbox(context, options);
		});
}

import type { Command } from "commander";
import type { Context } from "../context.ts";
import { examples } from "../examples.ts";
import type { StatusOptions } from "./options.ts";

export function registerStatus(program: Command, context: Context): void {
	program
		.command("status")
		.description("what the factory does right now, and what to do about what is wrong")
		.option("-w, --watch", "stay, and show every change; Ctrl-C ends it")
		.option("--json", "for programs; with --watch one document a line")
		.addHelpText("after", () =>
			examples(["status"], ["status --watch", "redrawn in place"], ["status --json | jq .factory.state"]),
		)
		.action(async (options: StatusOptions) => {
			const { showStatus } = await import("./show.ts");
			await showStatus(context, options);
		});
}

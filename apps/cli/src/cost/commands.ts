import type { Command } from "commander";
import type { Context } from "../context.ts";
import { examples } from "../examples.ts";
import type { CostOptions } from "./options.ts";

export function registerCost(program: Command, context: Context): void {
	program
		.command("cost")
		.description("what the agents have cost, what is reserved, and what is left of the caps")
		.option("-d, --days <number>", "how many days back, today included (default: 7, at most 35)")
		.option("--by <what>", "role, agent or task (default: role)")
		.option("--json", "for programs")
		.addHelpText("after", () =>
			examples(["cost"], ["cost --days 30 --by agent"], ["cost --by task"], ["cost --json | jq .today.leftUsd"]),
		)
		.action(async (options: CostOptions) => {
			const { showCost } = await import("./show.ts");
			await showCost(context, options);
		});
}

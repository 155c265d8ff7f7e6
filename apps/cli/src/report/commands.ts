import type { Command } from "commander";
import type { Context } from "../context.ts";
import { examples } from "../examples.ts";
import type { ReportOptions } from "./options.ts";

export function registerReport(program: Command, context: Context): void {
	program
		.command("report")
		.description("what a span of time came to: cycles, changes, reasons, dollars")
		.option("-s, --since <when>", 'its beginning: "24h", "7d", "08:30", "2026-01-31" (default: 24h)')
		.option("--json", "for programs")
		.addHelpText("after", () =>
			examples(["report"], ["report --since 7d"], ["report --since 08:30 --json | jq .spent.perLandedUsd"]),
		)
		.action(async (options: ReportOptions) => {
			const { showReport } = await import("./show.ts");
			await showReport(context, options);
		});
}

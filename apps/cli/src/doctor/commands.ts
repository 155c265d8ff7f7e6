import type { Command } from "commander";
import type { Context } from "../context.ts";
import { examples } from "../examples.ts";
import type { DoctorOptions } from "./options.ts";

export function registerDoctor(program: Command, context: Context): void {
	program
		.command("doctor")
		.description("look at the machine and the installation, and say how to mend what is wrong")
		.option("--fix", "mend what can be mended safely, and say what was done")
		.option("--json", "for programs")
		.addHelpText("after", () =>
			examples(["doctor"], ["doctor --fix"], ["doctor --json | jq '.checks[] | select(.level != \"pass\")'"]),
		)
		.action(async (options: DoctorOptions) => {
			const { examine } = await import("./examine.ts");
			await examine(context, options);
		});
}

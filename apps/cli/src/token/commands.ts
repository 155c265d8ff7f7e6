import type { Command } from "commander";
import type { Context } from "../context.ts";
import { examples } from "../examples.ts";
import type { CreateOptions, ListOptions } from "./options.ts";

export function registerToken(program: Command, context: Context): void {
	const token = program
		.command("token")
		.description("let a program or a phone in over HTTP, for as long and as far as you say")
		.addHelpText("after", () =>
			examples(["token create phone --scope read,approve"], ["token ls"], ["token revoke phone"]),
		);
	token
		.command("create")
		.description("make a token, and show it this once")
		.argument("<name>", "stands in the log for whoever uses it; lower-case letters, digits and '-'")
		.option("-s, --scope <scopes>", "read, trigger, approve, admin; several with commas between", "read")
		.option("-e, --expires <duration>", "how long it is good, or never", "90d")
		.option("--json", "for programs")
		.addHelpText("after", () =>
			examples(
				["token create ci --scope trigger --expires 30d"],
				["token create phone --scope read,trigger,approve,admin"],
				["token create grafana --expires never", "for /metrics"],
			),
		)
		.action(async (name: string, options: CreateOptions) => {
			const { createToken } = await import("./create.ts");
			await createToken(context, name, options);
		});
	token
		.command("ls")
		.alias("list")
		.description("who may come in, never a token")
		.option("--json", "for programs")
		.addHelpText("after", () => examples(["token ls"]))
		.action(async (options: ListOptions) => {
			const { listTokens } = await import("./list.ts");
			await listTokens(context, options);
		});
	token
		.command("revoke")
		.description("let a token in no more, at once and for good")
		.argument("<name>")
		.addHelpText("after", () => examples(["token revoke phone"]))
		.action(async (name: string) => {
			const { revokeToken } = await import("./revoke.ts");
			await revokeToken(context, name);
		});
}

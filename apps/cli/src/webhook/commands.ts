import type { Command } from "commander";
import type { Context } from "../context.ts";
import { examples } from "../examples.ts";
import type { SecretOptions } from "./options.ts";

export function registerWebhook(program: Command, context: Context): void {
	const webhook = program
		.command("webhook")
		.description("how programs that sign their calls are known")
		.addHelpText("after", () => examples(["webhook secret"]));
	webhook
		.command("secret")
		.description("make the secret that callers sign with (Standard Webhooks), and show it this once")
		.option("--rotate", "make a new one; the one before is good, too, until the next time")
		.addHelpText("after", () =>
			examples(["webhook secret"], ["webhook secret --rotate"], ["secret rm webhook-secret", "let no signed call in"]),
		)
		.action(async (options: SecretOptions) => {
			const { makeWebhookSecret } = await import("./secret.ts");
			await makeWebhookSecret(context, options);
		});
}

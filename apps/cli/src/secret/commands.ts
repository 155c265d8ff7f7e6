import type { Command } from "commander";
import type { Context } from "../context.ts";
import { examples } from "../examples.ts";
import { misuse } from "../failure.ts";

export function registerSecret(program: Command, context: Context): void {
	const secret = program
		.command("secret")
		.description("keep tokens and keys in private files, out of the configuration and the environment")
		.addHelpText("after", () => examples(["secret set telegram-bot-token"], ["secret list"]));
	secret
		.command("set")
		.description("store a value, asked for without showing it, or read from standard input")
		.argument("<name>", "lower-case letters, digits and '-'")
		.addHelpText("after", () =>
			examples(
				["secret set telegram-bot-token", "asks for the value"],
				["secret set deploy-key < ~/.ssh/deploy_key"],
				['secret set webhook-secret <<< "$(openssl rand -hex 32)"'],
			),
		)
		.allowExcessArguments()
		.action(async (name: string, _options: object, command: Command) => {
			if (command.args.length > 1)
				throw misuse(
					"a value is not taken as an argument: it would stand in the shell's history and in the process list. Leave it out to be asked for it, or pipe it in. Nothing was stored.",
				);
			const { setSecret } = await import("./set.ts");
			await setSecret(context, name);
		});
	secret
		.command("list")
		.alias("ls")
		.description("the names of what is stored, never a value")
		.option("--json", "for programs")
		.addHelpText("after", () => examples(["secret list"], ["secret list --json"]))
		.action(async (options: { json?: true }) => {
			const { listSecrets } = await import("./list.ts");
			await listSecrets(context, options);
		});
	secret
		.command("rm")
		.description("remove a secret")
		.argument("<name>")
		.addHelpText("after", () => examples(["secret rm telegram-bot-token"]))
		.action(async (name: string) => {
			const { removeSecret } = await import("./remove.ts");
			await removeSecret(context, name);
		});
}

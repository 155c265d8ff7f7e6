import { randomBytes } from "node:crypto";
import type { Context } from "../context.ts";
import { invocation } from "../examples.ts";
import { exitCodes, Failure } from "../failure.ts";
import { openSecrets } from "../secret/store.ts";
import type { SecretOptions } from "./options.ts";

export async function makeWebhookSecret(context: Context, { rotate }: SecretOptions): Promise<void> {
	const secrets = openSecrets(context);
	const [before] = linesOf(secrets.get(name));
	if (before !== undefined && !rotate)
		throw new Failure(
			exitCodes.failed,
			`there is one already, which callers sign with. A new one beside it: ${invocation} webhook secret --rotate`,
		);
	const made = `whsec_${randomBytes(secretBytes).toString("base64")}`;
	await secrets.set(name, [made, ...(before === undefined ? [] : [before])].join("\n"));
	context.say(made);
	const still = before === undefined ? "" : " The one before is good until the next --rotate.";
	context.note(`It is shown this once, and holds at once.${still}`);
}

/** As the gateway looks for it. */
const name = "webhook-secret";
const secretBytes = 32;

function linesOf(stored: string | undefined): string[] {
	return (stored ?? "").split("\n").filter((line) => line.trim() !== "");
}

import type { Context, Input } from "../context.ts";
import { readPiped } from "../read-piped.ts";
import { promptHidden } from "./prompt-hidden.ts";
import { openSecrets } from "./store.ts";

export async function setSecret(context: Context, name: string): Promise<void> {
	const secrets = openSecrets(context);
	// Asked first: an impossible name should not cost the typing of a value.
	const before = secrets.get(name);
	const { input } = context;
	const value = input.isTTY ? await promptHidden(context, `${name} (not shown): `) : await piped(input);
	await secrets.set(name, value);
	context.say(before === undefined ? `${name} is stored.` : `${name} is replaced.`);
}

/** Without the line end that `echo` adds. */
async function piped(input: Input): Promise<string> {
	const text = await readPiped(input, ", which is no secret; nothing was stored");
	return text.replace(/\r?\n$/, "");
}

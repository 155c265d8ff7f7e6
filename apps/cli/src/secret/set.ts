import type { Context } from "../context.ts";
import { promptHidden } from "./prompt-hidden.ts";
import { readPiped } from "./read-piped.ts";
import { openSecrets } from "./store.ts";

export async function setSecret(context: Context, name: string): Promise<void> {
	const secrets = openSecrets(context);
	// Asked first: an impossible name should not cost the typing of a value.
	const before = secrets.get(name);
	const { input } = context;
	const value = input.isTTY ? await promptHidden(context, `${name} (not shown): `) : await readPiped(input);
	await secrets.set(name, value);
	context.say(before === undefined ? `${name} is stored.` : `${name} is replaced.`);
}

import type { Context } from "../context.ts";
import { didYouMean } from "../did-you-mean.ts";
import { exitCodes, Failure } from "../failure.ts";
import { openSecrets } from "./store.ts";

export async function removeSecret(context: Context, name: string): Promise<void> {
	const secrets = openSecrets(context);
	if (secrets.remove(name)) return context.say(`${name} is removed.`);
	const known = secrets.list().map((secret) => secret.name);
	const hint = known.length === 0 ? "No secrets are stored." : didYouMean(name, known);
	throw new Failure(exitCodes.failed, `there is no secret "${name}". ${hint}`);
}

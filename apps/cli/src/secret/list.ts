import type { Context } from "../context.ts";
import { invocation } from "../examples.ts";
import { jsonText } from "../json.ts";
import { table } from "../table.ts";
import { timesFor } from "../times.ts";
import { openSecrets } from "./store.ts";

export async function listSecrets(context: Context, options: { readonly json?: true }): Promise<void> {
	const secrets = openSecrets(context).list();
	if (options.json) return context.say(jsonText(secrets));
	if (secrets.length === 0) return context.note(`no secrets are stored; ${invocation} secret set <name> stores one`);
	const { age } = timesFor(context.clock.now(), context.timeZone);
	const rows = secrets.map(({ name, changed, bytes }) => [
		{ text: name },
		{ text: `set ${age(changed)} ago` },
		{ text: `${bytes} bytes` },
	]);
	for (const line of table(rows, context.out.columns ?? widthDefault)) context.say(line);
}

const widthDefault = 80;

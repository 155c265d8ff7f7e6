/** The bot's token goes into a private file. Whether Telegram takes it is asked before, where that can be asked. */
import { oneLine } from "@shopfloor/core";
import { readConfig } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { invocation, startCommand } from "../examples.ts";
import { exitCodes, Failure, misuse } from "../failure.ts";
import { readPiped } from "../read-piped.ts";
import { promptHidden } from "../secret/prompt-hidden.ts";
import { openSecrets } from "../secret/store.ts";
import { askWho } from "./ask-who.ts";

export async function setUp(context: Context): Promise<void> {
	const { input } = context;
	const secrets = openSecrets(context);
	if (input.isTTY) context.note("@BotFather on Telegram makes a bot (/newbot) and shows its token.");
	const typed = input.isTTY
		? await promptHidden(context, "the token (not shown): ")
		: await readPiped(input, ", which is no token; nothing was stored");
	const token = typed.trim();
	if (!/^\d{3,20}:[\w-]{8,120}$/.test(token))
		throw misuse("that is no token: a number, a colon and some letters, as @BotFather shows it. Nothing was stored.");
	const found = readConfig(context.places.config);
	const bot = "config" in found ? found.config.bot : undefined;
	const who = await askWho(token, bot?.api ?? "https://api.telegram.org");
	if (who.kind === "refused")
		throw new Failure(exitCodes.failed, `Telegram does not take it: ${oneLine(who.why)}. Nothing was stored.`);
	await secrets.set(tokenName, token);
	context.say(
		who.kind === "bot"
			? `The bot is @${oneLine(who.name)}; its token is stored.`
			: `The token is stored. Whether it is right nobody could say: ${oneLine(who.why)}`,
	);
	for (const line of next(bot !== undefined, context.places.config)) context.say(line);
}

/** As the bot looks for it. */
const tokenName = "telegram-token";

function next(isConfigured: boolean, config: string): string[] {
	const write = "Write to the bot, and let yourself in with the code that it gives you:";
	const approve = `  ${invocation} telegram approve <code>`;
	if (isConfigured) return [write, approve];
	return [`It has no place in the configuration yet: add "bot": {} to ${config}, then ${startCommand}`, write, approve];
}

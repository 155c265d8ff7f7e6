/** Posts what a command said, and remembers under which number a question stands there. */
import { isShopfloorError } from "@shopfloor/core/io";
import type { Posted } from "./chat/outbox.ts";
import type { Site } from "./site.ts";
import type { Say } from "./verbs/scene.ts";

/** Resolves when everything was taken, or will not be. Never rejects for what the world does. */
export async function sayAll(site: Site, chat: number, says: readonly Say[]): Promise<Posted[]> {
	// In this order, and without waiting for one another: the queue of the chat keeps it.
	return await Promise.all(says.map((one) => sayOne(site, chat, one)));
}

async function sayOne(site: Site, chat: number, { shows, ...outgoing }: Say): Promise<Posted> {
	const posted = await site.outbox.post(chat, outgoing);
	if (shows !== undefined && posted.kind === "sent") await noteShown(site, shows, posted.message);
	return posted;
}

/** Without its number the message cannot be edited; its buttons work all the same. */
async function noteShown({ memory, world }: Site, key: string, message: number): Promise<void> {
	try {
		await memory.update((now) => ({
			...now,
			shown: now.shown.map((one) => (one.key === key ? { ...one, message } : one)),
		}));
	} catch (error) {
		if (!isShopfloorError(error)) throw error;
		process.stderr.write(`${world.name}: ${error.message}\n`);
	}
}

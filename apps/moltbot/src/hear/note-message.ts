/** What came in and what was answered, in the log, under the number of the update: once, however often it is handled. */
import type { DataOf, Draft } from "@shopfloor/core";
import type { Incoming } from "../chat/port.ts";
import type { Site } from "../site.ts";
import type { Say } from "../verbs/scene.ts";

/** What came of one message. */
export interface Heard {
	readonly says: readonly Say[];
	readonly entry: Omit<DataOf<"bot_message">, "direction" | "chat" | "update">;
}

/** Resolves with the seq of what came in. */
export async function noteMessage(
	{ world }: Site,
	{ update, person }: Exclude<Incoming, { kind: "ignored" }>,
	{ entry, says }: Heard,
): Promise<number | undefined> {
	const chat = `telegram:${person.id}`;
	const heard: Draft = {
		type: "bot_message",
		by: world.name,
		id: `heard:${update}`,
		data: { direction: "in", chat, ...entry, text: entry.text.slice(0, textKept), update },
	};
	const said = says.map(({ text }, index): Draft => {
		const data = { direction: "out" as const, chat, text: text.text.slice(0, saidKept), handled: true };
		return { type: "bot_message", by: world.name, id: `said:${update}:${index}`, data };
	});
	const [first] = await world.floor.log.append([heard, ...said]);
	return first?.seq;
}

/** What the log takes. */
const textKept = 2_000;
/** Enough to see what was answered. */
const saidKept = 300;

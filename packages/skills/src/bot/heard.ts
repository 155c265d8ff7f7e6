/** What people said to the bot in free words, what it did, and whether that was what they meant: from the log. Pure. */
import type { Entry, Seq } from "@shopfloor/core";
import { type ActionName, botAction } from "./actions.ts";

export interface Heard {
	readonly seq: Seq;
	readonly ts: string;
	readonly text: string;
	/** Something was done about it then, which nobody corrected. */
	readonly handled: boolean;
	/** Which action was right, where that is known: it was done, or a person said so. */
	readonly meant: ActionName | null;
	/** What was done, or offered, and was wrong. */
	readonly wrong: readonly ActionName[];
}

/** Years of a person's, and replayed in seconds. */
export const heardMax = 10_000;

/** Oldest first; of more than `most` the newest. Commands, presses and what was sent out are no free words. */
export function heardIn(entries: Iterable<Entry>, most = heardMax): readonly Heard[] {
	const heard = new Map<Seq, Heard>();
	for (const entry of entries) {
		if (entry.type !== "bot_message" || entry.data.direction !== "in") continue;
		const { text, handled, action: name = "", corrects, form = formOf(text) } = entry.data;
		const action = botAction(name)?.name ?? null;
		const before = corrects === undefined ? undefined : heard.get(corrects);
		if (before !== undefined) heard.set(before.seq, corrected(before, action));
		if (corrects !== undefined || form !== "free") continue;
		heard.set(entry.seq, { seq: entry.seq, ts: entry.ts, text, handled, meant: handled ? action : null, wrong: [] });
		// Oldest first in a map; one more at a time keeps a long log from being held whole.
		if (heard.size > most) heard.delete(heard.keys().next().value ?? 0);
	}
	return [...heard.values()];
}

function formOf(text: string): "command" | "free" {
	return text.startsWith("/") ? "command" : "free";
}

/** Without an action, all that is known is that it was not this. */
function corrected(before: Heard, action: ActionName | null): Heard {
	if (action !== null && action === before.meant) return before;
	const wrong = before.meant === null ? before.wrong : [...before.wrong, before.meant];
	return { ...before, handled: false, meant: action, wrong: wrong.filter((name) => name !== action) };
}

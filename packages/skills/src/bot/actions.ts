/**
 * All that the bot can be told to do. A skill points to one of these and can add nothing to them; how each is carried
 * out is the bot's own code.
 */
import type { Taker } from "./takers.ts";

interface Parameter {
	readonly name: string;
	readonly taker: Taker;
	/** Without it there is nothing to be done. */
	readonly required?: true;
}

export interface BotAction {
	readonly name: string;
	/** For people and for the agent that may choose one. */
	readonly does: string;
	/** It does more than look. */
	readonly changes: boolean;
	/** Where it was understood from free words, it is asked about before it is done. */
	readonly asks: boolean;
	readonly parameters: readonly Parameter[];
}

const scope = { name: "scope", taker: "session" } as const;
const change = { name: "change", taker: "id" } as const;

const looks = { changes: false, asks: false } as const;
const begins = { changes: true, asks: false } as const;
const decides = { changes: true, asks: true } as const;

const table = {
	status: { ...looks, does: "what the factory does, and whether it needs somebody", parameters: [] },
	queue: { ...looks, does: "the tasks that wait, and the changes that are in review", parameters: [] },
	cost: { ...looks, does: "what was spent, and what may still be spent", parameters: [] },
	log: { ...looks, does: "what happened lately", parameters: [{ name: "count", taker: "number" }] },
	skills: { ...looks, does: "what the bot understands besides its commands", parameters: [] },
	help: { ...looks, does: "the commands that there are", parameters: [] },
	review: { ...begins, does: "begin a review of what was pushed", parameters: [change] },
	standup: { ...begins, does: "begin a stand-up of the crew", parameters: [] },
	doctor: { ...begins, does: "have every process and session looked at", parameters: [] },
	task: {
		...begins,
		does: "ask for one task to be done",
		parameters: [{ name: "title", taker: "rest", required: true }],
	},
	ticket: {
		...begins,
		does: "hand in a ticket, which ends in a pull request",
		parameters: [{ name: "text", taker: "rest", required: true }],
	},
	approve: { ...decides, does: "let a change land that was asked about", parameters: [change] },
	reject: { ...decides, does: "turn a change away that was asked about", parameters: [change] },
	pause: {
		...decides,
		does: "begin nothing new; running work finishes",
		parameters: [scope, { name: "for", taker: "duration" }],
	},
	resume: { ...decides, does: "go on after a pause or a stop", parameters: [scope] },
	stop: { ...decides, does: "end running work at once, and begin nothing", parameters: [scope] },
} as const satisfies Readonly<Record<string, Omit<BotAction, "name">>>;

export type ActionName = keyof typeof table;

export const botActions: readonly (BotAction & { readonly name: ActionName })[] = Object.entries(table).map(
	([name, action]) => ({ name: name as ActionName, ...action }),
);

/** What is known of an action; undefined for a name that is none. */
export function botAction(name: string): (typeof botActions)[number] | undefined {
	return botActions.find((action) => action.name === name);
}

/** Which turn answers a request. */
import { isIn } from "./pattern.ts";
import type { Turn, When } from "./turn.ts";

/** What a request wants, in words that are the same for every API. */
export interface Wanted {
	readonly model: string;
	readonly system: string;
	/** The last thing the user said in words. */
	readonly user: string;
	/** What the tools said, where the last message is theirs. */
	readonly toolResult: string | undefined;
	/** The names of the tools offered. */
	readonly tools: readonly string[];
	readonly maxTokens: number | undefined;
	/** Whether an answer in a given form is asked for. */
	readonly form: boolean;
	/** Counted from 0, over the requests that want a turn. */
	readonly number: number;
	readonly body: unknown;
}

/**
 * Turns that say when they fit come first, so that a request on the side never takes a turn from the conversation;
 * then the next of those that do not.
 */
export function choosingFrom(turns: readonly Turn[], otherwise?: Turn): (wanted: Wanted) => Turn | undefined {
	const left = turns.map(({ when, times }) => times ?? (when === undefined ? 1 : Number.POSITIVE_INFINITY));
	const take = (fits: (turn: Turn) => boolean): Turn | undefined => {
		const index = turns.findIndex((turn, at) => (left[at] ?? 0) > 0 && fits(turn));
		if (index === -1) return undefined;
		left[index] = (left[index] ?? 0) - 1;
		return turns[index];
	};
	return (wanted) =>
		take(({ when }) => when !== undefined && isWhen(when, wanted)) ??
		take(({ when }) => when === undefined) ??
		otherwise;
}

function isWhen(when: When, wanted: Wanted): boolean {
	return (
		isIn(when.model, wanted.model) &&
		isIn(when.system, wanted.system) &&
		isIn(when.user, wanted.user) &&
		isToolResult(when.toolResult, wanted.toolResult) &&
		(when.tool === undefined || wanted.tools.includes(when.tool)) &&
		(when.maxTokens === undefined || when.maxTokens === wanted.maxTokens) &&
		(when.form === undefined || when.form === wanted.form)
	);
}

function isToolResult(wish: When["toolResult"], said: string | undefined): boolean {
	if (typeof wish === "string") return said !== undefined && isIn(wish, said);
	return wish === undefined || wish === (said !== undefined);
}

/** Lists of any length, as much of them as a prompt takes. */
import { visibleJson } from "./visible-json.ts";

/** For people and models: one point each, and how many more there are. */
export function listed<Item>(items: readonly Item[], inWords: (item: Item) => string, most = shownMax): string {
	if (items.length === 0) return none;
	const more = items.length - most;
	const points = items.slice(0, most).map((item) => `- ${inWords(item).replace(/\n(?=[^\n])/g, "\n  ")}`);
	return [...points, ...(more > 0 ? [`- and ${more} more`] : [])].join("\n");
}

/** Enough to choose from; the facts have more of them. */
const shownMax = 40;

export function orNone(text: string): string {
	return text.trim() === "" ? none : text;
}

const none = "(none)";

/** For facts: from the front, as many as fit. A block that was cut in the middle could not be read at all. */
export function within<Item>(items: readonly Item[], charactersMax: number): Item[] {
	let left = charactersMax;
	const kept: Item[] = [];
	for (const item of items) {
		left -= visibleJson(item).length;
		if (left < 0) break;
		kept.push(item);
	}
	return kept;
}

/**
 * How arguments are taken out of a text: a fixed set of ways, each with the form of what it finds. What is found is text
 * in the form in which the commands take it, and whoever carries out the command judges it.
 */
import { parseDuration } from "@shopfloor/core";

/** `rest` is what follows the words of the example; the others find what they look for anywhere in the text. */
export type Taker = "rest" | "session" | "id" | "duration" | "number";

export interface Found {
	readonly taker: Exclude<Taker, "rest">;
	readonly value: string;
	readonly from: number;
	readonly to: number;
}

/** In the order of the text; nothing is found twice. */
export function findAll(text: string): readonly Found[] {
	const found: Found[] = [];
	for (const { taker, form, value } of forms)
		for (const match of text.matchAll(form)) {
			const [whole] = match;
			const from = match.index;
			const to = from + whole.length;
			const taken = value(match);
			if (taken !== undefined && found.every((other) => to <= other.from || other.to <= from))
				found.push({ taker, value: taken, from, to });
		}
	return found.sort((one, other) => one.from - other.from);
}

/** The whole of a text as one argument; undefined where it is none. */
export function takeWhole(taker: Taker, text: string): string | undefined {
	const trimmed = text.trim();
	if (trimmed === "") return undefined;
	if (taker === "rest") return trimmed;
	if (taker === "session" && isScope(trimmed)) return trimmed.toLowerCase();
	const [only] = findAll(trimmed);
	return only !== undefined && only.taker === taker && only.to - only.from === trimmed.length ? only.value : undefined;
}

/** Besides sessions, what a pause may be aimed at by name. */
export function isScope(word: string): boolean {
	return scopes.has(word.toLowerCase());
}

const scopes = new Set([
	...["all", "budget", "scheduler", "cto-reviewer", "session-doctor"],
	...["planner", "coder", "reviewer", "tester", "scribe", "doctor"],
]);

interface Form {
	readonly taker: Found["taker"];
	readonly form: RegExp;
	value(match: RegExpExecArray): string | undefined;
}

const unit = "(?:seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|hr|h|days?|d)";
const amount = "(?:\\d{1,5}(?:\\.\\d{1,2})?)";
const inWords = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/** The first that finds something has it. */
const forms: readonly Form[] = [
	{
		taker: "session",
		form: /\b(?:ralph[ -]?|(?:session|coder|worker) #?)(\d{1,3})\b/giu,
		value: ([, n]) => `ralph-${Number(n)}`,
	},
	{ taker: "id", form: /\b[ctk]-[0-9a-z]{1,64}\b/giu, value: ([id]) => id.toLowerCase() },
	{ taker: "id", form: /\btask #?(\d{1,15})\b/giu, value: ([, n]) => `t-${Number(n)}` },
	{
		taker: "duration",
		form: new RegExp(`\\b(?:${amount}\\s?${unit}(?:,?(?: and)? ?)?)+(?![\\w-])`, "giu"),
		value: ([text]) => shown(text),
	},
	{
		taker: "duration",
		form: new RegExp(`\\b(?:${inWords.join("|")}) ${unit}(?![\\w-])`, "giu"),
		value: ([text]) => shown(withFigures(text)),
	},
	// "A day" alone is more often part of a question than a time to wait.
	{
		taker: "duration",
		form: /(?<=\bfor )(?:an?|half an?) (?:second|minute|hour|day)(?![\w-])/giu,
		value: ([text]) => shown(withFigures(text)),
	},
	{ taker: "number", form: /(?<![\w.-])\d{1,4}(?![\w.-])/gu, value: ([n]) => `${Number(n)}` },
];

function withFigures(text: string): string {
	const word = new RegExp(`^(half an?|an?|${inWords.join("|")}) `, "iu");
	return text.replace(word, (_, count: string) => {
		const small = count.toLowerCase();
		if (small.startsWith("half")) return "0.5 ";
		return `${Math.max(1, inWords.indexOf(small) + 1)} `;
	});
}

/** `1 hour and 30 minutes` → `1h30m`: as the commands take it. */
function shown(text: string): string | undefined {
	const short = text
		.toLowerCase()
		.replace(/,|\band\b/g, " ")
		.replace(/(?<=\d)\s*([smhd])[a-z]*/g, "$1")
		.replace(/\s+/g, "");
	const ms = parseDuration(short);
	if (ms === undefined || ms <= 0) return undefined;
	const parts = [
		[Math.floor(ms / 86_400_000), "d"],
		[Math.floor(ms / 3_600_000) % 24, "h"],
		[Math.floor(ms / 60_000) % 60, "m"],
		[Math.floor(ms / 1_000) % 60, "s"],
	] as const;
	const text2 = parts.flatMap(([count, of]) => (count === 0 ? [] : [`${count}${of}`])).join("");
	return text2 === "" ? undefined : text2;
}

/** A text as what can be compared: words in one form, and what an argument may be taken from as its kind. */
import { type Found, findAll, type Taker } from "./takers.ts";

export type Token =
	| {
			readonly kind: "word";
			readonly word: string;
			/** As it was written, in small letters. */
			readonly said: string;
			readonly weight: number;
			readonly from: number;
			readonly to: number;
	  }
	| {
			readonly kind: "argument";
			readonly taker: Exclude<Taker, "rest">;
			readonly value: string;
			readonly weight: number;
			readonly from: number;
			readonly to: number;
	  };

/** Longer than anybody writes to be understood; what stands behind only counts as the rest. */
const tokensMax = 60;

/** Of the text as `plain` gives it, to which the places refer. */
export function tokensOf(text: string, most = tokensMax): readonly Token[] {
	const found = findAll(text);
	const tokens: Token[] = found.map((one) => ({ kind: "argument", ...one, weight: weights.content }));
	for (const match of text.matchAll(/[\p{L}\p{N}]+(?:'[\p{L}]+)?/gu)) {
		const from = match.index;
		const to = from + match[0].length;
		if (!isWithin(found, from, to)) tokens.push(...wordsOf(match[0], from, to));
	}
	return tokens.sort((one, other) => one.from - other.from).slice(0, most);
}

/** Letters that look alike as one, quotes straight. No longer and no shorter: places stay what they are. */
export function plain(text: string): string {
	return text.replace(/[\u2018\u2019\u02bc`\u00b4]/g, "'").replace(/\s/g, " ");
}

export function isNegated(tokens: readonly Token[]): boolean {
	return tokens.some((token) => token.kind === "word" && negations.has(token.word));
}

/** `why`, `when`: of a question. */
export function isAsking(token: Extract<Token, { kind: "word" }>): boolean {
	return token.weight === weights.asking;
}

/** Words of a text that carry its meaning, each once. */
export function contentOf(tokens: readonly Token[]): ReadonlySet<string> {
	return new Set(
		tokens.flatMap((token) => (token.kind === "word" && token.weight === weights.content ? [token.word] : [])),
	);
}

function isWithin(found: readonly Found[], from: number, to: number): boolean {
	return found.some((one) => from < one.to && one.from < to);
}

/** `what's` is two words at one place. */
function wordsOf(text: string, from: number, to: number): Token[] {
	const small = text.normalize("NFKC").toLowerCase();
	const apart = small
		.replace(/n't$/, " not")
		.replace(/'s$/, " is")
		.replace(/'(re|m)$/, " are")
		.replace(/'.*$/, "");
	return apart
		.split(" ")
		.map((word) => ({ kind: "word", word: stem(word), said: word, weight: weightOf(word), from, to }));
}

/** What is asked for weighs more than how it is asked. */
const weights = { content: 1, asking: 0.4, noise: 0.15 } as const;

function weightOf(word: string): number {
	if (negations.has(word)) return weights.content;
	if (noise.has(word)) return weights.noise;
	return asking.has(word) ? weights.asking : weights.content;
}

const negations = new Set(["not", "never", "no", "dont", "without", "nothing"]);

const asking = new Set(["what", "how", "who", "which", "when", "why", "where", "much", "many", "any", "anything"]);

const noise = new Set(
	`a an the this that these those it its is are was were be been am do does did have has had can could will would
	should may might must shall i me my we us our you your he she they them there here of to in on at for from with by as
	and or but so if then than too also just now please pls kindly hey hi hello ok okay yes well thanks thank lets let
	want need like get give tell show some bit again still all everything everybody everyone one out up about into over around right
	bot moltbot factory shopfloor`.split(/\s+/),
);

/** Only ends that hardly ever change what a word means here. */
function stem(word: string): string {
	if (word.length > 5 && word.endsWith("ing")) return undoubled(word.slice(0, -3));
	if (word.length > 4 && word.endsWith("ied")) return `${word.slice(0, -3)}y`;
	if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
	if (word.length > 4 && word.endsWith("ed")) return undoubled(word.slice(0, -2));
	if (word.length > 3 && word.endsWith("s") && !/(ss|us|is)$/.test(word)) return withoutE(word.slice(0, -1));
	return withoutE(word);
}

/** `stopping` is a form of `stop`. */
function undoubled(word: string): string {
	return withoutE(/([bdgkmnprt])\1$/.test(word) ? word.slice(0, -1) : word);
}

/** `pausing` and `pause` meet where neither has it. */
function withoutE(word: string): string {
	return word.length > 3 && word.endsWith("e") ? word.slice(0, -1) : word;
}

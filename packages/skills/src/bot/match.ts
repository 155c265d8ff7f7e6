/**
 * How well a text fits an example, from 0 to 1: the share of the words of each that the other has, by their weight. It
 * is the same in every set of skills that knows the words.
 */
import { botAction } from "./actions.ts";
import type { Example, Part, SkillSet } from "./skill-set.ts";
import { isScope } from "./takers.ts";
import { isAsking, isNegated, type Token } from "./words.ts";

export interface Match {
	readonly example: Example;
	readonly confidence: number;
	readonly args: Readonly<Record<string, string>>;
}

/** A text that says no where the example does not, names a session where it does not, or asks why, is about something else. */
const doubtfulMax = 0.6;

/** Those that have anything to do with it, the best first. Of one skill, the best. */
export function matchesOf(text: string, tokens: readonly Token[], set: SkillSet): readonly Match[] {
	const best = new Map<string, Match>();
	for (const index of candidates(tokens, set)) {
		const example = set.examples[index];
		if (example === undefined) continue;
		const match = example.rest === null ? fitWhole(tokens, example, set) : fitLead(text, tokens, example, set);
		if (match === undefined) continue;
		const before = best.get(example.skill.name);
		if (before === undefined || match.confidence > before.confidence) best.set(example.skill.name, match);
	}
	return [...best.values()].sort((one, other) => other.confidence - one.confidence);
}

/** Places of the examples that share a word, or what is taken, with the text. */
function candidates(tokens: readonly Token[], { byWord, dictionary }: SkillSet): Set<number> {
	const found = new Set<number>();
	for (const token of tokens) {
		const keys = token.kind === "word" ? dictionary.meant(token.word).keys() : [`{${token.taker}}`];
		for (const key of keys) for (const index of byWord.get(key) ?? []) found.add(index);
	}
	return found;
}

function fitWhole(tokens: readonly Token[], example: Example, set: SkillSet): Match | undefined {
	const left = new Set(tokens);
	const args: Record<string, string> = {};
	let ofExample = 0;
	let ofText = 0;
	for (const part of example.parts) {
		const [token, likeness] = bestFor(part, left, set);
		if (token === undefined) continue;
		left.delete(token);
		ofExample += part.weight * likeness;
		ofText += token.weight * likeness;
		if (part.kind === "parameter") args[part.name] = token.kind === "word" ? token.said : token.value;
	}
	if (ofExample === 0) return undefined;
	ofExample /= weightOf(example.parts);
	ofText /= weightOf(tokens) - unneeded(left, example);
	const both = (2 * ofExample * ofText) / (ofExample + ofText);
	const isDoubtful = isNegated(tokens) !== example.isNegated || [...left].some((token) => isMissed(token, example));
	return { example, args, confidence: isDoubtful ? Math.min(both, doubtfulMax) : both };
}

/** What of a text a part of an example stands for. */
function bestFor(part: Part, left: ReadonlySet<Token>, { dictionary }: SkillSet): [Token | undefined, number] {
	let best: [Token | undefined, number] = [undefined, 0];
	for (const token of left) {
		const likeness = likenessOf(part, token);
		if (likeness > best[1]) best = [token, likeness];
	}
	return best;

	function likenessOf(part: Part, token: Token): number {
		if (part.kind === "parameter") {
			if (token.kind === "argument") return token.taker === part.taker ? 1 : 0;
			return part.taker === "session" && isScope(token.said) ? 1 : 0;
		}
		if (token.kind === "argument") return token.value === part.word ? 1 : 0;
		return dictionary.meant(token.word).get(part.word) ?? 0;
	}
}

/** What a look at everything shows as well, whomever it is asked about. */
function unneeded(left: ReadonlySet<Token>, example: Example): number {
	const others = [...left].filter((token) => token.kind === "argument" && !isMissed(token, example));
	return others.length * unneededShare;
}

const unneededShare = 0.7;

/** What the action would take, and what narrows or questions what it changes, is not passed over in silence. */
function isMissed(token: Token, { skill }: Example): boolean {
	const action = botAction(skill.action);
	if (action === undefined) return false;
	if (token.kind === "word") return action.changes && isAsking(token);
	return action.changes || action.parameters.some(({ taker }) => taker === token.taker);
}

function weightOf(parts: readonly { readonly weight: number }[]): number {
	return parts.reduce((sum, { weight }) => sum + weight, 0);
}

/** Its words begin the text, in their order; what follows is the argument. */
function fitLead(
	text: string,
	tokens: readonly Token[],
	example: Example,
	{ dictionary }: SkillSet,
): Match | undefined {
	let at = 0;
	let met = 0;
	let to = 0;
	for (const part of example.parts) {
		if (part.kind === "parameter") return undefined;
		while (likenessAt(at, part.word) === 0 && isSmall(tokens[at])) at++;
		const likeness = likenessAt(at, part.word);
		if (likeness === 0 && part.weight < 1) continue;
		if (likeness === 0) return undefined;
		met += part.weight * likeness;
		to = Math.max(to, tokens[at]?.to ?? 0);
		at++;
	}
	const rest = text
		.slice(to)
		.replace(/^[\s:;,.\u2013\u2014-]+/, "")
		.replace(/^(?:to|that)\s+/i, "")
		.trim();
	const whole = weightOf(example.parts);
	if (whole < 1 || met === 0) return undefined;
	const name = example.rest ?? "";
	// A single word in front may begin many a sentence.
	return { example, confidence: (met / whole) * (whole >= 2 ? 1 : 0.9), args: rest === "" ? {} : { [name]: rest } };

	function likenessAt(index: number, word: string): number {
		const token = tokens[index];
		if (token === undefined || token.kind === "argument") return 0;
		return dictionary.meant(token.word).get(word) ?? 0;
	}
}

function isSmall(token: Token | undefined): boolean {
	return token?.kind === "word" && token.weight < 1;
}

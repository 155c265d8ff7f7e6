/** The skills that hold together, made ready to be matched. */
import type { BotSkill } from "./bot-skill.ts";
import { placeholdersIn } from "./bot-skill.ts";
import { type Dictionary, dictionaryOf } from "./dictionary.ts";
import type { Taker } from "./takers.ts";
import { isNegated, plain, type Token, tokensOf } from "./words.ts";

export interface SkillSet {
	readonly skills: readonly BotSkill[];
	readonly examples: readonly Example[];
	/** Places in `examples`, by the words that stand in them and by what they take. */
	readonly byWord: ReadonlyMap<string, readonly number[]>;
	readonly dictionary: Dictionary;
}

/** What an example is made of, in its order. */
export type Part =
	| { readonly kind: "word"; readonly word: string; readonly weight: number }
	| {
			readonly kind: "parameter";
			readonly name: string;
			readonly taker: Exclude<Taker, "rest">;
			readonly weight: number;
	  };

export interface Example {
	readonly skill: BotSkill;
	readonly parts: readonly Part[];
	/** The parameter that takes what follows. */
	readonly rest: string | null;
	readonly isNegated: boolean;
	/** Two examples with the same one are the same to every text. */
	readonly key: string;
}

export function skillSet(skills: readonly BotSkill[]): SkillSet {
	const examples = skills.flatMap((skill) => skill.examples.map((text) => exampleOf(skill, text)));
	const byWord = new Map<string, number[]>();
	for (const [index, { parts }] of examples.entries())
		for (const key of new Set(parts.map(keyOf))) byWord.set(key, [...(byWord.get(key) ?? []), index]);
	const words = examples.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === "word" ? [part.word] : [])));
	return { skills, examples, byWord, dictionary: dictionaryOf(words) };
}

export function exampleOf(skill: BotSkill, text: string): Example {
	const names = placeholdersIn(text);
	const rest = names.find((name) => skill.takes[name] === "rest") ?? null;
	// What stands between the placeholders is read as any text is.
	const between = text.split(/\{[a-z]+\}/).map((words) => tokensOf(plain(words)));
	const parts = between.flatMap((tokens, index): Part[] => {
		const taken = parameterOf(skill, names[index]);
		return [...tokens.map(asPart), ...(taken === undefined ? [] : [taken])];
	});
	return {
		skill,
		parts,
		rest,
		isNegated: between.some(isNegated),
		key: [...parts.map(keyOf), ...(rest === null ? [] : ["…"])].join(" "),
	};
}

/** Of a part of an example; of a token of a text likewise. */
function keyOf(part: Part | Token): string {
	return part.kind === "word" ? part.word : `{${part.taker}}`;
}

function parameterOf({ takes }: BotSkill, name: string | undefined): Part | undefined {
	const taker = name === undefined ? undefined : takes[name];
	if (name === undefined || taker === undefined || taker === "rest") return undefined;
	return { kind: "parameter", name, taker, weight: 1 };
}

/** A number in an example is a word of it. */
function asPart(token: Token): Part {
	return token.kind === "word"
		? { kind: "word", word: token.word, weight: token.weight }
		: { kind: "word", word: token.value, weight: token.weight };
}

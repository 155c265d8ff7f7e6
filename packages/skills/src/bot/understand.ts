/** What a person's free words come to, by the skills alone. Pure: the same text and skills give the same. */
import { type ActionName, botAction } from "./actions.ts";
import { type Match, matchesOf } from "./match.ts";
import type { SkillSet } from "./skill-set.ts";
import { plain, tokensOf } from "./words.ts";

export interface Choice {
	readonly action: ActionName;
	readonly args: Readonly<Record<string, string>>;
	/** Parameters that the action cannot do without, and that the text does not hold. */
	readonly missing: readonly string[];
	/** It is asked about before it is done. */
	readonly asks: boolean;
	/** Null where an agent chose it. */
	readonly skill: string | null;
	/** For `fillAnswer`. */
	readonly answer: string;
	readonly confidence: number;
}

export type Understood =
	| ({ readonly kind: "act" } & Choice)
	/** Which of these is meant is to be asked. */
	| { readonly kind: "ask"; readonly choices: readonly Choice[] }
	| { readonly kind: "unhandled" };

/**
 * From `act` on it is done, if it is `ahead` of the next one that means something else; from `ask` on it is worth asking.
 * Set by `phrases.test.ts`: of the phrases there that mean something else, none is acted on.
 */
const marks = { act: 0.75, ask: 0.5, ahead: 0.1 } as const;

const choicesMax = 3;

export function understand(text: string, set: SkillSet): Understood {
	const { act, ask, ahead } = marks;
	const choices = distinct(matchesOf(text, tokensOf(plain(text)), set).filter(({ confidence }) => confidence >= ask));
	const [best, next] = choices;
	if (best === undefined) return { kind: "unhandled" };
	// The very words of an example need no lead, unless they are another's as well.
	const lead = best.confidence === 1 ? Number.EPSILON : ahead;
	const isAlone = next === undefined || best.confidence - next.confidence >= lead;
	if (best.confidence >= act && isAlone) return { kind: "act", ...best };
	return { kind: "ask", choices: choices.slice(0, choicesMax) };
}

/** One for each action: of two ways to understand it as the same, the better counts. */
function distinct(matches: readonly Match[]): Choice[] {
	const seen = new Set<string>();
	return matches.map(choiceOf).filter(({ action }) => {
		const isNew = !seen.has(action);
		seen.add(action);
		return isNew;
	});
}

function choiceOf({ example, confidence, args }: Match): Choice {
	const { skill } = example;
	const action = botAction(skill.action);
	const missing = (action?.parameters ?? [])
		.filter(({ name, required }) => required === true && !Object.hasOwn(args, name))
		.map(({ name }) => name);
	return {
		action: skill.action,
		args,
		missing,
		asks: action?.asks ?? true,
		skill: skill.name,
		answer: skill.answer,
		confidence: Math.round(confidence * 1000) / 1000,
	};
}

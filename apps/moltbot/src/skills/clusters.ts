/**
 * Candidates without a model: messages that were not understood, put together where they are about the same. What they
 * mean is known where a person said it afterwards. Where nobody did, several that share their words may be taken for
 * what the words of one skill say, and only for something that does no more than look. Pure.
 */
import {
	type ActionName,
	botAction,
	contentOf,
	exampleLengthMax,
	findAll,
	type Heard,
	plain,
	type SkillSet,
	tokensOf,
} from "@shopfloor/skills";
import type { Candidate } from "./learned.ts";

/** Of these a pass learns from the newest. */
const openMax = 200;
/** Once is an accident, if nobody said what it meant. */
const togetherMin = 2;
/** From this share of words on, two messages are about the same. */
const alikeMin = 0.5;
/** So much of a message's words has to stand in a skill, and in no other one nearly as much. */
const guess = { min: 0.5, ahead: 0.2 } as const;
const examplesMax = 12;

export function clusters(open: readonly Heard[], set: SkillSet): readonly Candidate[] {
	const groups = grouped(open.slice(-openMax).map(wordsOf));
	const byAction = new Map<ActionName, string[]>();
	for (const group of groups) {
		const meaning = meaningOf(group, set);
		for (const { heard } of group) {
			const action = heard.meant ?? meaning;
			if (action !== undefined && !heard.wrong.includes(action))
				byAction.set(action, [...(byAction.get(action) ?? []), heard.text]);
		}
	}
	return [...byAction].flatMap(([action, texts]) => {
		const examples = examplesFrom(action, texts);
		return examples.length === 0 ? [] : [{ action, examples }];
	});
}

interface Said {
	readonly heard: Heard;
	readonly words: ReadonlySet<string>;
}

function wordsOf(heard: Heard): Said {
	return { heard, words: contentOf(tokensOf(plain(heard.text))) };
}

/** Each with all that it is like, directly or by others. */
function grouped(all: readonly Said[]): Said[][] {
	const groups: Said[][] = [];
	for (const said of all) {
		const near = groups.filter((group) => group.some((other) => areAlike(said, other)));
		for (const group of near) groups.splice(groups.indexOf(group), 1);
		groups.push([...near.flat(), said]);
	}
	return groups;
}

function areAlike(one: Said, other: Said): boolean {
	// What people say they meant outweighs how alike it sounds.
	if (one.heard.meant !== null && other.heard.meant !== null) return one.heard.meant === other.heard.meant;
	const shared = [...one.words].filter((word) => other.words.has(word)).length;
	return shared > 0 && (2 * shared) / (one.words.size + other.words.size) >= alikeMin;
}

/** Of those in it whose meaning nobody said. */
function meaningOf(group: readonly Said[], set: SkillSet): ActionName | undefined {
	const told = new Set(group.flatMap(({ heard }) => heard.meant ?? []));
	if (told.size > 1) return undefined;
	const [only] = told;
	return only ?? (group.length < togetherMin ? undefined : guessed(group, set));
}

function guessed(group: readonly Said[], set: SkillSet): ActionName | undefined {
	const wrong = new Set(group.flatMap(({ heard }) => heard.wrong));
	const words = [...new Set(group.flatMap(({ words }) => [...words]))];
	const shares = new Map<ActionName, number>();
	for (const { action, description, examples } of set.skills) {
		if (botAction(action)?.changes !== false) continue;
		const known = contentOf(tokensOf(plain(`${description} ${examples.join(" ")}`), Number.POSITIVE_INFINITY));
		const share = words.filter((word) => known.has(word)).length / Math.max(1, words.length);
		shares.set(action, Math.max(share, shares.get(action) ?? 0));
	}
	const [best, next] = [...shares].sort(([, one], [, other]) => other - one);
	if (best === undefined || best[1] < guess.min || wrong.has(best[0])) return undefined;
	return best[1] - (next?.[1] ?? 0) >= guess.ahead ? best[0] : undefined;
}

/** As a skill writes them: with a parameter where an argument stands. What cannot be written so is left out. */
function examplesFrom(action: ActionName, texts: readonly string[]): string[] {
	const parameters = botAction(action)?.parameters ?? [];
	const rest = parameters.find(({ taker, required }) => taker === "rest" && required);
	if (rest !== undefined) return leadsOf(texts).map((lead) => `${lead} {${rest.name}}`);
	const examples = texts.flatMap((text) => withPlaceholders(oneLineOf(text), parameters) ?? []);
	return [...new Set(examples)].slice(0, examplesMax);
}

function oneLineOf(text: string): string {
	return plain(text)
		.replace(/[^\p{L}\p{N}\p{P}\p{Sc} ]/gu, " ")
		.replace(/[{}]/g, " ")
		.replace(/ {2,}/g, " ")
		.trim();
}

function withPlaceholders(
	text: string,
	parameters: readonly { readonly name: string; readonly taker: string }[],
): string | undefined {
	if (text.length > exampleLengthMax) return undefined;
	let written = text;
	const used = new Set<string>();
	for (const { taker, from, to } of findAll(text).toReversed()) {
		const parameter = parameters.find((one) => one.taker === taker && !used.has(one.name));
		if (parameter === undefined && taker === "number") continue;
		if (parameter === undefined) return undefined;
		used.add(parameter.name);
		written = `${written.slice(0, from)}{${parameter.name}}${written.slice(to)}`;
	}
	return written;
}

/** How several of them begin, up to where what is asked for differs. */
function leadsOf(texts: readonly string[]): string[] {
	const lines = [...new Set(texts.map(oneLineOf))];
	const leads = lines.flatMap((one, index) => lines.slice(index + 1).map((other) => sharedStart(one, other)));
	return [...new Set(leads)]
		.filter((lead) => contentOf(tokensOf(lead)).size > 0 && lead.includes(" "))
		.slice(0, examplesMax);
}

function sharedStart(one: string, other: string): string {
	const mine = one.split(" ");
	const theirs = other.split(" ");
	let at = 0;
	while (at < mine.length - 1 && at < theirs.length - 1 && mine[at]?.toLowerCase() === theirs[at]?.toLowerCase()) at++;
	return mine.slice(0, at).join(" ").toLowerCase();
}

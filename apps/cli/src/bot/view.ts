/** Skills and replays as lines. Pure. */
import { cut, oneLine } from "@shopfloor/core";
import type { BotSkill, Difference, Replay, SkillTrouble, Understood } from "@shopfloor/skills";
import { counted } from "../counted.ts";
import { type Cell, table } from "../table.ts";

export function skillRows(skills: readonly BotSkill[], columns = widthDefault): string[] {
	const rows = skills.map(({ name, action, origin, examples }): Cell[] => [
		{ text: name },
		{ text: `/${action}` },
		{ text: origin },
		{ text: examples.slice(0, 5).map(oneLine).join(" · ") },
	]);
	return table(rows, columns);
}

export function troubleLines(troubles: readonly SkillTrouble[]): string[] {
	return troubles.map(({ skill, what }) => `! ${oneLine(skill)} ${oneLine(what)}`);
}

export function skillLines({
	name,
	description,
	action,
	origin,
	adopted,
	examples,
	takes,
	answer,
}: BotSkill): string[] {
	const arguments_ = Object.entries(takes).map(([parameter, taker]) => `${parameter} (${taker})`);
	return [
		`${name}  /${action}`,
		oneLine(description),
		`${origin}${adopted === undefined ? "" : `, adopted ${oneLine(adopted)}`}`,
		...(arguments_.length === 0 ? [] : [`takes ${arguments_.join(", ")}`]),
		...(answer === "{answer}" ? [] : [`answers ${oneLine(answer)}`]),
		"",
		...examples.map((example) => `  ${oneLine(example)}`),
	];
}

/** `tried`: the name of a skill that was tried, where it is not about what was learned. */
export function replayLines(result: Replay, shares: Shares, tried?: string): string[] {
	const { messages, before, after, gained, changed, open } = result;
	if (messages === 0) return ["Nobody has written to the bot in free words yet."];
	const [without, withIt] =
		tried === undefined ? ["shipped skills", "with what was learned"] : ["without it", `with ${tried}`];
	const row = (name: string, score: Replay["before"], share: number): Cell[] => [
		{ text: name },
		{ text: `${score.handled} handled` },
		{ text: percent(share) },
		{ text: `${score.wrong} wrong` },
	];
	return [
		`${counted(messages, "message")} in free words.`,
		...table([row(without, before, shares.before), row(withIt, after, shares.after)], widthDefault),
		...section("Understood besides", gained, gainedLine),
		...section("Answered otherwise", changed, changedLine),
		...section("Not understood, the newest first", open.toReversed(), ({ text }) => quoted(text)),
	];
}

interface Shares {
	readonly before: number;
	readonly after: number;
}

function section<T>(title: string, items: readonly T[], inWords: (item: T) => string): string[] {
	if (items.length === 0) return [];
	const more = items.length - shownMax;
	return [
		"",
		`${title} (${items.length}):`,
		...items.slice(0, shownMax).map((item) => `  ${inWords(item)}`),
		...(more > 0 ? [`  and ${more} more`] : []),
	];
}

function gainedLine({ heard, after }: Difference): string {
	return `${quoted(heard.text)} → ${understoodAs(after)}`;
}

function changedLine({ heard, before, after }: Difference): string {
	return `${quoted(heard.text)}: ${understoodAs(before)} → ${understoodAs(after)}`;
}

function understoodAs(understood: Understood): string {
	if (understood.kind === "unhandled") return "not understood";
	if (understood.kind === "ask") return `asked: ${understood.choices.map(({ action }) => `/${action}`).join(", ")}?`;
	const args = Object.entries(understood.args).map(([name, value]) => ` ${name}=${cut(oneLine(value), 40)}`);
	return `/${understood.action}${args.join("")} (${understood.skill ?? "agent"})`;
}

function quoted(text: string): string {
	return `"${cut(oneLine(text), 80)}"`;
}

function percent(share: number): string {
	return `${Math.round(share * 1000) / 10} %`;
}

const shownMax = 20;
const widthDefault = 80;

/** What people wrote to the bot, said again to two sets of skills. */
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import {
	type BotSkill,
	botSkillPlaces,
	heardIn,
	heardMax,
	loadBotSkills,
	readBotSkill,
	replay,
	type SkillSet,
	scanText,
	shareOf,
	skillSet,
	together,
} from "@shopfloor/skills";
import type { Context } from "../context.ts";
import { exitCodes, misuse } from "../failure.ts";
import { jsonText } from "../json.ts";
import { withFloor } from "../with-floor.ts";
import type { ReplayOptions } from "./options.ts";
import { replayLines } from "./view.ts";

export async function replayMessages(context: Context, options: ReplayOptions): Promise<void> {
	const entries = await withFloor(context, ({ log }) => log.last(2 * heardMax, { type: ["bot_message"] }));
	const { set } = loadBotSkills(botSkillPlaces(context.places));
	const tried = options.with === undefined ? undefined : readSkill(resolve(context.cwd, options.with));
	const before = tried === undefined ? skillSet(set.skills.filter(({ origin }) => origin === "shipped")) : set;
	const after = tried === undefined ? set : withSkill(set, tried);
	const result = replay(heardIn(entries), before, after);
	if (tried !== undefined && result.changed.length > 0) context.endWith(exitCodes.failed);
	const { messages } = result;
	const shares = { before: shareOf(result.before, messages), after: shareOf(result.after, messages) };
	if (options.json) return context.say(jsonText({ ...result, shares }));
	for (const line of replayLines(result, shares, tried?.name)) context.say(line);
}

function readSkill(folder: string): BotSkill {
	const path = `${folder}/SKILL.md`;
	const text = textOf(path);
	const [suspicion] = scanText(text);
	if (suspicion !== undefined) throw misuse(`${path} cannot be a skill: line ${suspicion.line} has ${suspicion.what}`);
	const read = readBotSkill(text, basename(folder), "learned");
	if (read.kind === "skill") return read.skill;
	const faults = read.faults.map(({ at, message }) => `  ${at}: ${message}`);
	throw misuse([`${path} is no skill of the bot:`, ...faults].join("\n"));
}

function textOf(path: string): string {
	try {
		return readFileSync(path, "utf8");
	} catch (error) {
		throw misuse(`${path} cannot be read: ${(error as Error).message}`);
	}
}

/** In place of one of its name. */
function withSkill(set: SkillSet, skill: BotSkill): SkillSet {
	const { set: next, troubles } = together([...set.skills.filter(({ name }) => name !== skill.name), skill]);
	const [trouble] = troubles;
	if (trouble !== undefined) throw misuse(`${trouble.skill} ${trouble.what}`);
	return next;
}

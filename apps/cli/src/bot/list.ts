import { botSkillPlaces, loadBotSkills } from "@shopfloor/skills";
import type { Context } from "../context.ts";
import { fitState } from "../fit-state.ts";
import { jsonText } from "../json.ts";
import type { SkillsOptions } from "./options.ts";
import { skillRows, troubleLines } from "./view.ts";

export function listSkills(context: Context, options: SkillsOptions): void {
	const { places } = context;
	fitState(places);
	const { set, troubles } = loadBotSkills(botSkillPlaces(places));
	const lines = options.json
		? [jsonText({ skills: set.skills, troubles })]
		: skillRows(set.skills, context.out.columns);
	for (const line of lines) context.say(line);
	if (options.json) return;
	for (const line of troubleLines(troubles)) context.note(line);
}

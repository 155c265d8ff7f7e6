import { botSkillPlaces, loadBotSkills } from "@shopfloor/skills";
import type { Context } from "../context.ts";
import { didYouMean } from "../did-you-mean.ts";
import { exitCodes, Failure } from "../failure.ts";
import { fitState } from "../fit-state.ts";
import { jsonText } from "../json.ts";
import type { SkillsOptions } from "./options.ts";
import { skillLines } from "./view.ts";

export function showSkill(context: Context, name: string, options: SkillsOptions): void {
	const { places } = context;
	fitState(places);
	const { set, troubles } = loadBotSkills(botSkillPlaces(places));
	const skill = set.skills.find((one) => one.name === name);
	if (skill === undefined) {
		const trouble = troubles.find((one) => one.skill === name);
		if (trouble !== undefined) throw new Failure(exitCodes.failed, `${name} ${trouble.what}.`);
		const known = set.skills.map((one) => one.name);
		throw new Failure(exitCodes.failed, `there is no skill "${name}". ${didYouMean(name, known)}`);
	}
	for (const line of options.json ? [jsonText(skill)] : skillLines(skill)) context.say(line);
}

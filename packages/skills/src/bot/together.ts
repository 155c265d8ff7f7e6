/**
 * Which of all skills hold. Two that take the same words to different actions cannot both: the newer one has them. What is
 * shipped is newer than what was learned, since a skill is only learned where no other has its words. Pure.
 */
import type { BotSkill } from "./bot-skill.ts";
import { exampleOf, type SkillSet, skillSet } from "./skill-set.ts";

/** To be told to a person. */
export interface SkillTrouble {
	readonly skill: string;
	/** A sentence without its subject. */
	readonly what: string;
}

export interface Together {
	readonly set: SkillSet;
	readonly troubles: readonly SkillTrouble[];
}

/** What the bot's own words need, several times over. */
export const skillsMax = 150;

export function together(skills: readonly BotSkill[]): Together {
	const troubles: SkillTrouble[] = [];
	const ranked = [...skills].sort(newestFirst);
	for (const { name } of ranked.slice(skillsMax))
		troubles.push({ skill: name, what: `is left out: there may be ${skillsMax}` });
	const holders = new Map<string, BotSkill>();
	const kept: BotSkill[] = [];
	const names = new Set<string>();
	for (const skill of ranked.slice(0, skillsMax)) {
		if (names.has(skill.name)) {
			troubles.push({ skill: skill.name, what: "is left out: another one has its name" });
			continue;
		}
		names.add(skill.name);
		const examples = skill.examples.filter((example) => isFree(skill, example));
		if (examples.length > 0) kept.push({ ...skill, examples });
		else troubles.push({ skill: skill.name, what: "is left out: others have all of its examples" });
	}
	return { set: skillSet(kept.sort(byName)), troubles };

	/** The same example for the same action is kept once, without a word. */
	function isFree(skill: BotSkill, example: string): boolean {
		const { key } = exampleOf(skill, example);
		const holder = holders.get(key);
		if (holder === undefined) holders.set(key, skill);
		else if (holder.action !== skill.action)
			troubles.push({
				skill: skill.name,
				what: `takes ${JSON.stringify(example)} to ${skill.action}, and ${holder.name}, which is newer, takes it to ${holder.action}`,
			});
		return holder === undefined || holder === skill;
	}
}

function newestFirst(one: BotSkill, other: BotSkill): number {
	if (one.origin !== other.origin) return one.origin === "shipped" ? -1 : 1;
	return (other.adopted ?? "").localeCompare(one.adopted ?? "") || byName(one, other);
}

function byName(one: BotSkill, other: BotSkill): number {
	return one.name.localeCompare(other.name, "en");
}

/** `@shopfloor/skills`: what skills are made of, what speaks against one, and what the bot understands by its own. */
export { type ActionName, botAction, botActions } from "./bot/actions.ts";
export {
	type BotSkill,
	exampleLengthMax,
	placeholdersIn,
	plainAnswer,
	readBotSkill,
} from "./bot/bot-skill.ts";
export { fillAnswer } from "./bot/fill-answer.ts";
export { type Heard, heardIn, heardMax } from "./bot/heard.ts";
export { botSkillPlaces, loadBotSkills } from "./bot/load-bot-skills.ts";
export { type Difference, judge, type Replay, replay, shareOf } from "./bot/replay.ts";
export { type SkillSet, skillSet } from "./bot/skill-set.ts";
export { findAll, takeWhole } from "./bot/takers.ts";
export { type SkillTrouble, skillsMax, together } from "./bot/together.ts";
export { type Choice, type Understood, understand } from "./bot/understand.ts";
export { contentOf, plain, tokensOf } from "./bot/words.ts";
export { type Suspicion, scanText } from "./scan/scan-text.ts";

import type { BotSkill } from "../bot/bot-skill.ts";

export function aBotSkill(patch: Partial<BotSkill> = {}): BotSkill {
	return {
		name: "cost",
		description: "What was spent.",
		action: "cost",
		examples: ["how much did we spend"],
		takes: {},
		answer: "{answer}",
		origin: "shipped",
		...patch,
	};
}

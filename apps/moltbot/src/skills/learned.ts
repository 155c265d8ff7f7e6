/** A skill made of what people said: the words are theirs, all else is written here. Pure. */
import { createHash } from "node:crypto";
import { type SkillFault, writeSkillFile } from "@shopfloor/core";
import { type ActionName, type BotSkill, botAction, placeholdersIn, readBotSkill } from "@shopfloor/skills";

/** What somebody proposes to understand from now on. */
export interface Candidate {
	readonly action: ActionName;
	/** With `{parameter}` where an argument stands. */
	readonly examples: readonly string[];
}

export interface Learned {
	readonly skill: BotSkill;
	/** Of what it means, whenever it was adopted. */
	readonly hash: string;
	readonly text: string;
}

export type Made =
	| ({ readonly kind: "learned" } & Learned)
	| { readonly kind: "faults"; readonly hash: string; readonly text: string; readonly faults: readonly SkillFault[] };

/** `now`: as the log writes it. */
export function learned({ action, examples }: Candidate, now: string): Made {
	const hash = createHash("sha256")
		.update([action, ...examples.toSorted()].join("\n"))
		.digest("hex")
		.slice(0, 12);
	const name = `learned-${action}-${hash.slice(0, 6)}`;
	const parameters = botAction(action)?.parameters ?? [];
	const named = new Set(examples.flatMap(placeholdersIn));
	const taken = parameters.filter((parameter) => named.has(parameter.name));
	const text = writeSkillFile({
		name,
		description: `Other words for ${action}, as people here say it. Learned by the bot.`,
		metadata: { action, adopted: now },
		body: [
			`# ${name}`,
			"",
			`The bot learned it from messages that it had not understood. To have it forget them, remove this folder.`,
			...section("Examples", examples),
			...section(
				"Arguments",
				taken.map((parameter) => `${parameter.name}: ${parameter.taker}`),
			),
		].join("\n"),
	});
	const read = readBotSkill(text, name, "learned");
	return read.kind === "skill"
		? { kind: "learned", skill: read.skill, hash, text }
		: { kind: "faults", hash, text, faults: read.faults };
}

function section(title: string, points: readonly string[]): string[] {
	return points.length === 0 ? [] : ["", `## ${title}`, "", ...points.map((point) => `- ${point}`)];
}

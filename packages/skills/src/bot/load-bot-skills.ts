/** The bot's skills as they lie on the disk: those that are shipped, and those that it learned here. */
import { join } from "node:path";
import { oneLine, type SkillFault } from "@shopfloor/core";
import type { Places } from "@shopfloor/core/io";
import { type SkillText, skillFolders } from "../files/skill-folders.ts";
import { scanText } from "../scan/scan-text.ts";
import { type BotSkill, readBotSkill } from "./bot-skill.ts";
import type { SkillSet } from "./skill-set.ts";
import { type SkillTrouble, together } from "./together.ts";

export interface SkillPlaces {
	readonly shipped: string;
	/** Under the state directory: nothing that the bot writes becomes part of the installation. */
	readonly learned: string;
}

export interface LoadedSkills {
	readonly set: SkillSet;
	/** Skills that were left out, wholly or in part, and why. */
	readonly troubles: readonly SkillTrouble[];
}

/** Of a factory. */
export function botSkillPlaces({ root, state }: Pick<Places, "root" | "state">): SkillPlaces {
	return { shipped: join(root, "skills", "bot"), learned: join(state, "skills", "bot") };
}

/** A skill that cannot be used is left out and told; the others hold. */
export function loadBotSkills({ shipped, learned }: SkillPlaces): LoadedSkills {
	const read = [...readAll(shipped, "shipped"), ...readAll(learned, "learned")];
	const { set, troubles } = together(read.flatMap((one) => ("action" in one ? [one] : [])));
	return { set, troubles: [...read.flatMap((one) => ("what" in one ? [one] : [])), ...troubles] };
}

function readAll(dir: string, origin: BotSkill["origin"]): (BotSkill | SkillTrouble)[] {
	return skillFolders(dir).map((found) => readOne(found, origin));
}

function readOne(found: SkillText, origin: BotSkill["origin"]): BotSkill | SkillTrouble {
	const skill = oneLine(found.folder);
	if (found.kind === "unfit") return { skill, what: `is left out: ${found.why}` };
	const [suspicion] = scanText(found.text);
	if (suspicion !== undefined) {
		const { line, what, shown } = suspicion;
		return { skill, what: `is left out: line ${line} has ${what}${shown === "" ? "" : ` (${shown})`}` };
	}
	const read = readBotSkill(found.text, found.folder, origin);
	return read.kind === "skill" ? read.skill : { skill, what: `is left out: ${inWords(read.faults)}` };
}

function inWords(faults: readonly SkillFault[]): string {
	return oneLine(faults.map(({ at, message }) => `${at}: ${message}`).join("; ")).slice(0, 500);
}

/** The skills in a folder of skills, as text: one folder each, with a `SKILL.md`. Links lead out, and are not followed. */
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { skillBytesMax, skillNameFault } from "@shopfloor/core";
import { errnoOf } from "@shopfloor/core/io";

export type SkillText =
	| { readonly kind: "text"; readonly folder: string; readonly text: string }
	| { readonly kind: "unfit"; readonly folder: string; readonly why: string };

/** More than people keep, and few enough to read at a start. */
const foldersMax = 200;

/** By their names. A folder that is not there has none. What is no folder of a skill at all is passed over. */
export function skillFolders(dir: string): readonly SkillText[] {
	return namesIn(dir)
		.filter((name) => !name.startsWith(".") && !lstatSync(join(dir, name)).isFile())
		.sort()
		.map((folder, index) =>
			index < foldersMax ? readFolder(dir, folder) : unfit(folder, `there may be ${foldersMax}`),
		);
}

function namesIn(dir: string): string[] {
	try {
		return readdirSync(dir);
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return [];
		throw error;
	}
}

function readFolder(dir: string, folder: string): SkillText {
	const fault = skillNameFault(folder);
	if (fault !== undefined) return unfit(folder, `its name ${fault}`);
	if (!lstatSync(join(dir, folder)).isDirectory()) return unfit(folder, "it is no folder");
	const path = join(dir, folder, "SKILL.md");
	try {
		const { size, isFile } = look(path);
		if (!isFile) return unfit(folder, "its SKILL.md is no file");
		if (size > skillBytesMax) return unfit(folder, `its SKILL.md may have ${skillBytesMax} bytes`);
		return { kind: "text", folder, text: readFileSync(path, "utf8") };
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return unfit(folder, "it has no SKILL.md");
		throw error;
	}
}

function look(path: string): { readonly size: number; readonly isFile: boolean } {
	const stat = lstatSync(path);
	return { size: stat.size, isFile: stat.isFile() };
}

function unfit(folder: string, why: string): SkillText {
	return { kind: "unfit", folder, why };
}

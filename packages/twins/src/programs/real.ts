/** The real programs, where somebody installed them: they need some 800 MB, so nobody has to. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { env } from "node:process";

/** A folder that holds `node_modules` with `@anthropic-ai/claude-code` or `@openai/codex`, or both. */
export const realProgramsVariable = "SHOPFLOOR_REAL_PROGRAMS";

export interface RealPrograms {
	readonly claude?: string;
	readonly codex?: string;
}

/**
 * The native programs, which run without their packages' install scripts and without a Node of their own in between.
 * Undefined where the variable names no folder; a program that is not in it is missing.
 */
export function realPrograms(folder = env[realProgramsVariable]): RealPrograms | undefined {
	if (folder === undefined || folder === "") return undefined;
	const modules = join(folder, "node_modules");
	const claude = firstMatch(modules, ["@anthropic-ai", /^claude-code-.+/, "claude"]);
	// In a folder of its own name in older versions.
	const codex = firstMatch(modules, ["@openai", /^codex-.+/, "vendor", /./, /^(bin|codex)$/, "codex"]);
	return { ...(claude === undefined ? {} : { claude }), ...(codex === undefined ? {} : { codex }) };
}

/** The first path, in order of names, whose parts fit. */
function firstMatch(folder: string, [part, ...rest]: readonly (string | RegExp)[]): string | undefined {
	if (part === undefined) return folder;
	const names = namesIn(folder).filter((name) => (typeof part === "string" ? name === part : part.test(name)));
	for (const name of names) {
		const found = firstMatch(join(folder, name), rest);
		if (found !== undefined) return found;
	}
	return undefined;
}

function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder).sort();
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === "ENOENT" || code === "ENOTDIR") return [];
		throw error;
	}
}

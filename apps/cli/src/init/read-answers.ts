/** What a person types for an answer, as the value that it means. Pure; says what is wrong with it otherwise. */
import { builtinAgent } from "@shopfloor/core";
import { didYouMean } from "../did-you-mean.ts";
import { misuse } from "../failure.ts";

/** The programs that init knows how to configure. */
export const knownPrograms = ["claude", "codex"] as const;
export type KnownProgram = (typeof knownPrograms)[number];

const knownAgents = [builtinAgent, ...knownPrograms];

export function readSessions(word: string): number {
	const count = /^\d{1,3}$/.test(word) ? Number(word) : 0;
	if (count >= 1 && count <= sessionsMax) return count;
	throw misuse(`"${word}" is no number of sessions: a whole number from 1 to ${sessionsMax}`);
}

/** What the configuration takes at most. */
const sessionsMax = 64;

export function readUsd(word: string): number {
	const usd = /^\$?\d+(\.\d+)?$/.test(word) ? Number(word.replace("$", "")) : Number.NaN;
	if (usd <= usdMax) return usd;
	throw misuse(`"${word}" is no amount of dollars: a number from 0 to ${usdMax}; with 0 nothing paid is called`);
}

/** What the configuration takes at most. */
const usdMax = 100_000;

/** In the order in which they are asked. */
export function readAgents(text: string): readonly string[] {
	const names = [...new Set(text.split(/[\s,]+/).filter((name) => name !== ""))];
	if (names.length === 0) throw misuse(`name at least one agent: ${knownAgents.join(", ")}`);
	for (const name of names)
		if (!knownAgents.includes(name))
			throw misuse(
				`init knows no agent "${name}". ${didYouMean(name, knownAgents)} Any other program is a few lines of configuration: packages/agents/README.md`,
			);
	return names;
}

export function readYes(word: string): boolean {
	if (/^(y|yes)?$/i.test(word)) return true;
	if (/^(n|no)$/i.test(word)) return false;
	throw misuse("answer with y or n");
}

/** Puts the measured class of a session into a sentence. It measures nothing, and proposes nothing. */
import type { Facts } from "../facts.ts";
import { type Ended, refused, type Said, said } from "./said.ts";

export function diagnose({ session }: Facts): Said | Ended {
	const meaning = meanings.find(([name]) => name === session?.class);
	if (!session || meaning === undefined) return refused("the prompt holds no measured class of a session");
	const measured = Object.entries(session.features ?? {}).map(([name, value]) => `${name} ${value}`);
	const explanation = `${session.name} is ${meaning[0]}: ${meaning[1]}${measured.length === 0 ? "" : ` (${measured.join(", ")})`}.`;
	const diagnosis = { class: meaning[0], explanation, issues: [], patterns: [] };
	return said(explanation, { class: meaning[0], explanation }, diagnosis, { explanation });
}

const meanings = [
	["productive", "what it changes brings it forward"],
	["stuck", "it works, and nothing comes of it"],
	["idle", "it does nothing"],
	["error-looping", "it meets the same error again and again"],
] as const;

/** What a person's free words come to: the skills first, an agent last. */
import { type SkillSet, type Understood, understand } from "@shopfloor/skills";
import type { BotAgent } from "./agent.ts";

export type FreeText =
	| Exclude<Understood, { readonly kind: "unhandled" }>
	/** An agent answered from what it was told of the factory. */
	| { readonly kind: "reply"; readonly text: string; readonly agent: string }
	/** `why`: what kept an agent from it, where there is one. */
	| { readonly kind: "unhandled"; readonly why?: string };

export interface Listening {
	readonly set: SkillSet;
	readonly agent: BotAgent | undefined;
	/** What the agent may answer from; asked for only where it is needed. */
	status(): Promise<string>;
	readonly signal: AbortSignal;
}

export async function freeText(text: string, { set, agent, status, signal }: Listening): Promise<FreeText> {
	const understood = understand(text, set);
	if (understood.kind !== "unhandled" || agent === undefined) return understood;
	const chosen = await agent.choose(text, await status(), signal);
	return chosen.kind === "nothing" ? { kind: "unhandled", why: chosen.why } : chosen;
}

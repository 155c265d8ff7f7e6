/** What is written: what was answered, and the defaults that a person will want to change. Pure. */
import { unconfigured } from "@shopfloor/core";
import { crewOf } from "./crew-of.ts";

export interface Answers {
	/** A path or a URL. */
	readonly repository: string;
	readonly base: string;
	readonly sessions: number;
	readonly agents: readonly string[];
	readonly usdPerDay: number;
}

export function settingsOf({ repository, base, sessions, agents, usdPerDay }: Answers, schema: string): object {
	const { review } = unconfigured();
	return {
		$schema: schema,
		repository: { path: repository, base },
		sessions,
		...crewOf(agents),
		budget: { perDay: usdPerDay },
		review: { policy: review.policy },
	};
}

export function textOf(settings: object): string {
	return `${JSON.stringify(settings, null, "\t")}\n`;
}

import type { FactoryConfig } from "./config.ts";

/** The processes that should run, in the order in which they are started. */
export function processNames({ sessions, bot }: Pick<FactoryConfig, "sessions" | "bot">): string[] {
	return [
		"scheduler",
		"session-doctor",
		"cto-reviewer",
		"webhook-gateway",
		...(bot === undefined ? [] : ["moltbot"]),
		...Array.from({ length: sessions }, (_, index) => `ralph-${index + 1}`),
	];
}

import type { FactoryConfig } from "./config.ts";

/** The processes that should run, in the order in which they are started. */
export function processNames({ sessions }: Pick<FactoryConfig, "sessions">): string[] {
	return [
		"scheduler",
		"session-doctor",
		"cto-reviewer",
		...Array.from({ length: sessions }, (_, index) => `ralph-${index + 1}`),
	];
}

import { type FactoryState, processNames } from "@shopfloor/core";
import { readConfig } from "@shopfloor/core/io";
import type { Context } from "../context.ts";

/** Those that are configured; none where the configuration has faults. */
export function configuredSessions({ places }: Pick<Context, "places">): string[] {
	const found = readConfig(places.config);
	return "config" in found ? processNames(found.config).filter((name) => /^ralph-\d+$/.test(name)) : [];
}

/** Also those that were there once, ralph-2 before ralph-10. */
export function knownSessions({ work }: FactoryState, configured: readonly string[]): string[] {
	const names = new Set([...configured, ...Object.keys(work.sessions), ...Object.keys(work.cycles)]);
	return [...names].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

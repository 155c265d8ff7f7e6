/** What a pause can be aimed at. Pure. */
import type { FactoryState } from "@shopfloor/core";

const roles = ["coder", "planner", "reviewer", "tester", "doctor", "scribe", "bot"];

/** `configured`: the processes that should run; a pause may come before they ever did. */
export function knownScopes(state: FactoryState, configured: readonly string[]): string[] {
	const { processes, work, steering } = state;
	return [
		...new Set([
			"all",
			...configured,
			...Object.keys(processes),
			...Object.keys(work.sessions),
			...roles,
			...Object.keys(steering.pauses),
		]),
	];
}

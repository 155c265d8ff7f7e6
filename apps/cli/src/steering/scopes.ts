/** What a pause can be aimed at. Pure. */
import { type FactoryState, roles } from "@shopfloor/core";

/** `configured`: processes and agents that should be there; a pause may come before they ever were. */
export function knownScopes(state: FactoryState, configured: readonly string[]): string[] {
	const { processes, work, steering } = state;
	return [
		...new Set([
			"all",
			// All calls that cost money.
			"budget",
			...configured,
			...Object.keys(processes),
			...Object.keys(work.sessions),
			...roles,
			...Object.keys(steering.pauses),
		]),
	];
}

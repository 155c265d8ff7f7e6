/** What a pause can be aimed at. */
import { roles } from "../../model/agents.ts";
import type { FactoryConfig } from "../../model/config.ts";
import type { FactoryState } from "../../model/factory-state.ts";
import { processNames } from "../../model/process-names.ts";

/** A pause may come before what is configured ever was there. Without a configuration that can be read, what was seen counts. */
export function scopesOf({ processes, work, steering }: FactoryState, config: FactoryConfig | undefined): string[] {
	return [
		...new Set([
			"all",
			// All calls that cost money.
			"budget",
			...(config === undefined ? [] : [...processNames(config), ...Object.keys(config.agents)]),
			...Object.keys(processes),
			...Object.keys(work.sessions),
			...roles,
			...Object.keys(steering.pauses),
		]),
	];
}

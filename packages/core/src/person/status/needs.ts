/** What is wrong, in no surface's words: each is true when it is told, the most pressing first. */
import type { FactoryState } from "../../model/factory-state.ts";
import type { ConfigSight } from "./config-sight.ts";
import type { ProcessSight } from "./process-sight.ts";

export type Need =
	/** There is no configuration, and so no repository to work on. */
	| { readonly kind: "unconfigured" }
	/** No process starts with it. */
	| { readonly kind: "faulty-config"; readonly faults: number }
	/** No process runs. */
	| { readonly kind: "down" }
	/** Dead without having been told to end; parked until a person starts it; ended or never started; not heard. */
	| { readonly kind: "gone" | "parked" | "off" | "silent"; readonly processes: readonly string[] }
	/** What it said last may tell why it went. */
	| { readonly kind: "last-words"; readonly process: string }
	| { readonly kind: "held"; readonly scope: string; readonly how: "paused" | "stopped" }
	| { readonly kind: "memory" }
	| { readonly kind: "disk"; readonly freeBytes: number };

export interface Situation {
	readonly config: ConfigSight;
	readonly processes: readonly ProcessSight[];
	readonly isDown: boolean;
	readonly pauses: FactoryState["steering"]["pauses"];
	readonly health: FactoryState["health"];
}

export function needsOf({ config, processes, isDown, pauses, health }: Situation): Need[] {
	return [
		...configNeeds(config),
		...(isDown ? [{ kind: "down" } as const] : processNeeds(processes)),
		...Object.entries(pauses).map(
			([scope, { kind }]): Need => ({ kind: "held", scope, how: kind === "stop" ? "stopped" : "paused" }),
		),
		...machineNeeds(health, config),
	];
}

function configNeeds({ kind, faults }: ConfigSight): Need[] {
	switch (kind) {
		case "set":
			return [];
		case "absent":
			return [{ kind: "unconfigured" }];
		case "faulty":
			return [{ kind: "faulty-config", faults }];
	}
}

function processNeeds(processes: readonly ProcessSight[]): Need[] {
	const named = (...states: readonly ProcessSight["state"][]) =>
		processes.filter(({ state, expected }) => expected && states.includes(state)).map(({ name }) => name);
	const some = (kind: "gone" | "parked" | "off" | "silent", names: readonly string[]): Need[] =>
		names.length === 0 ? [] : [{ kind, processes: names }];
	const [gone, parked] = [named("gone"), named("parked")];
	return [
		...some("gone", gone),
		...some("parked", parked),
		...[...gone, ...parked].slice(0, 1).map((process): Need => ({ kind: "last-words", process })),
		...some("off", named("stopped", "absent")),
		...some("silent", named("silent")),
	];
}

function machineNeeds(health: FactoryState["health"], config: ConfigSight): Need[] {
	if (health === null) return [];
	const { memory, disk } = health;
	return [
		...(memory.usedShare > config.memoryShareMax ? [{ kind: "memory" } as const] : []),
		...(disk.freeBytes < config.diskFreeMinBytes ? [{ kind: "disk", freeBytes: disk.freeBytes } as const] : []),
	];
}

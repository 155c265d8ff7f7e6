/** What a person can do about what is wrong: each step is true when it is shown, and its command works as it stands. */
import { type FactoryState, showBytes } from "@shopfloor/core";
import { invocation } from "../examples.ts";
import type { ConfigSight } from "./config-sight.ts";
import type { ProcessSight } from "./process-sight.ts";

export interface NextStep {
	readonly why: string;
	readonly do: string;
}

export interface Situation {
	readonly config: ConfigSight;
	readonly processes: readonly ProcessSight[];
	readonly isDown: boolean;
	readonly pauses: FactoryState["steering"]["pauses"];
	readonly health: FactoryState["health"];
	/** A command as it is to be typed to reach the PM2 that looks after these processes. */
	inPm2(command: string): string;
}

/** The most pressing first. */
export function nextSteps({ config, processes, isDown, pauses, health, inPm2 }: Situation): NextStep[] {
	return [
		...configSteps(config),
		...(isDown ? [{ why: "no process runs", do: inPm2("npm start") }] : processSteps(processes, inPm2)),
		...Object.entries(pauses).map(([scope, { kind }]) => pauseStep(scope, kind)),
		...machineSteps(health, config),
	];
}

function configSteps({ kind, faults }: ConfigSight): NextStep[] {
	switch (kind) {
		case "set":
			return [];
		case "absent":
			return [{ why: "no repository to work on is configured", do: `${invocation} config check` }];
		case "faulty":
			return [
				{
					why: `the configuration has ${faults === 1 ? "a fault" : `${faults} faults`}; no process starts with it`,
					do: `${invocation} config check`,
				},
			];
	}
}

function processSteps(processes: readonly ProcessSight[], inPm2: Situation["inPm2"]): NextStep[] {
	const start = inPm2("npm start");
	const named = (...states: readonly ProcessSight["state"][]) =>
		processes.filter(({ state, expected }) => expected && states.includes(state)).map(({ name }) => name);
	const steps: NextStep[] = [];
	const gone = named("gone");
	if (gone.length > 0) steps.push({ why: `${are(gone, "gone")}; if PM2 does not bring it back`, do: start });
	const parked = named("parked");
	if (parked.length > 0) steps.push({ why: `${are(parked, "parked")} until you say so`, do: start });
	const [crashed] = [...gone, ...parked];
	if (crashed !== undefined) steps.push({ why: `what ${crashed} said last`, do: `${invocation} log --by ${crashed}` });
	const off = named("stopped", "absent");
	if (off.length > 0) steps.push({ why: are(off, "not running"), do: start });
	const [silent] = named("silent");
	if (silent !== undefined)
		steps.push({ why: `${silent} hangs, or does something long`, do: inPm2(`npx pm2 logs ${silent}`) });
	return steps;
}

function are(names: readonly string[], what: string): string {
	return `${names.join(", ")} ${names.length === 1 ? "is" : "are"} ${what}`;
}

function pauseStep(scope: string, kind: "pause" | "stop"): NextStep {
	return {
		why: `${scope === "all" ? "everything" : scope} is ${kind === "stop" ? "stopped" : "paused"}`,
		do: `${invocation} resume${scope === "all" ? "" : ` ${scope}`}`,
	};
}

function machineSteps(health: FactoryState["health"], config: ConfigSight): NextStep[] {
	if (health === null) return [];
	const steps: NextStep[] = [];
	if (health.memory.usedShare > config.memoryShareMax)
		steps.push({ why: "memory is tight", do: "end what else runs on this machine, or lower sessions" });
	if (health.disk.freeBytes < config.diskFreeMinBytes)
		steps.push({ why: `only ${showBytes(health.disk.freeBytes)} of disk are free`, do: "make room" });
	return steps;
}

/** What has to happen so that exactly the wanted processes run. Pure, so that it can be shown and tested. */
import { configHashVariable, type Pm2App } from "./ecosystem.ts";
import type { Pm2Process } from "./pm2.ts";

export interface UpPlan {
	readonly start: readonly string[];
	/** Running, but not on what is there today. */
	readonly restart: readonly Restart[];
	readonly remove: readonly Pm2Process[];
	/** Names of ours that PM2 already uses for something else. */
	readonly taken: readonly Pm2Process[];
}

export interface Restart {
	readonly name: string;
	/** `build`: its code was built anew since it was started. `configuration`: it was started with another one. */
	readonly because: "build" | "configuration";
}

export function planUp(
	wanted: readonly Pm2App[],
	listed: readonly Pm2Process[],
	isOurs: (process: Pm2Process) => boolean,
	builtAt: (app: Pm2App) => number,
): UpPlan {
	const names = new Set(wanted.map(({ name }) => name));
	const ours = listed.filter(isOurs);
	const online = new Map(ours.filter(({ status }) => status === "online").map((process) => [process.name, process]));
	return {
		start: [...names].filter((name) => !online.has(name)),
		restart: wanted.flatMap((app): Restart[] => {
			const process = online.get(app.name);
			if (process === undefined) return [];
			if (builtAt(app) > process.since) return [{ name: app.name, because: "build" }];
			const isCurrent = process.configHash === app.env[configHashVariable];
			return isCurrent ? [] : [{ name: app.name, because: "configuration" }];
		}),
		remove: ours.filter(({ name }) => !names.has(name)),
		taken: listed.filter((process) => names.has(process.name) && !isOurs(process)),
	};
}

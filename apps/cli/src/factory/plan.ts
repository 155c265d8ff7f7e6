/** What has to happen so that exactly the wanted processes run. Pure, so that it can be shown and tested. */
import type { Pm2App } from "./ecosystem.ts";
import type { Pm2Process } from "./pm2.ts";

export interface UpPlan {
	readonly start: readonly string[];
	/** Running, but from code that was built anew since. */
	readonly restart: readonly Pm2Process[];
	readonly remove: readonly Pm2Process[];
	readonly running: readonly Pm2Process[];
	/** Names of ours that PM2 already uses for something else. */
	readonly taken: readonly Pm2Process[];
}

export function planUp(
	wanted: readonly Pm2App[],
	listed: readonly Pm2Process[],
	isOurs: (process: Pm2Process) => boolean,
	builtAt: (app: Pm2App) => number,
): UpPlan {
	const names = new Set(wanted.map(({ name }) => name));
	const ours = listed.filter(isOurs);
	const online = ours.filter(({ name, status }) => names.has(name) && status === "online");
	const builtSince = ({ name, since }: Pm2Process) => wanted.some((app) => app.name === name && builtAt(app) > since);
	return {
		start: [...names].filter((name) => !online.some((process) => process.name === name)),
		restart: online.filter(builtSince),
		remove: ours.filter(({ name }) => !names.has(name)),
		running: online.filter((process) => !builtSince(process)),
		taken: listed.filter((process) => names.has(process.name) && !isOurs(process)),
	};
}

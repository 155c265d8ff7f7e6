/** Brings up what the configuration asks for; run twice, it changes nothing. */
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadConfig, openFloor, type Places, ShopfloorError } from "@shopfloor/core/io";
import { ecosystem, type Pm2App } from "./ecosystem.ts";
import { namesTaken, upLines } from "./messages.ts";
import { planUp } from "./plan.ts";
import { Pm2 } from "./pm2.ts";

export interface UpResult {
	readonly lines: readonly string[];
	readonly allOnline: boolean;
}

/** Where the floor remembers which PM2 daemon was started by us, so that only that one is ever ended by us. */
export const launcherKey = "notes/launcher";
export interface Launcher {
	readonly home: string;
	readonly daemon: number;
}

export async function up(
	places: Places,
	environment: NodeJS.ProcessEnv,
	say: (line: string) => void,
): Promise<UpResult> {
	const config = loadConfig(places.config);
	const floor = openFloor({ stateDir: places.state });
	try {
		const wanted = ecosystem(config, places, environment);
		refuseUnbuilt(wanted);
		const pm2 = new Pm2(places, environment);
		const daemonBefore = pm2.daemon();
		const plan = planUp(wanted, await pm2.list(), (process) => pm2.isOurs(process), builtAt);
		if (plan.taken.length > 0) throw new ShopfloorError("pm2-failed", namesTaken(plan.taken, pm2.home));
		if (plan.remove.length > 0) await pm2.remove(plan.remove.map(({ id }) => id));
		if (plan.start.length > 0) {
			say(`starting ${plan.start.join(", ")}…`);
			await pm2.start(plan.start);
		}
		if (plan.restart.length > 0) {
			say(`restarting ${plan.restart.map(({ name }) => name).join(", ")}: built anew since they were started…`);
			await pm2.restart(plan.restart.map(({ id }) => id));
		}
		const daemon = pm2.daemon();
		if (daemonBefore === undefined && daemon !== undefined)
			await floor.records.update(launcherKey, (): Launcher => ({ home: pm2.home, daemon }));
		const processes = (await pm2.list()).filter((process) => pm2.isOurs(process));
		const done = { started: plan.start.length, restarted: plan.restart.length, removed: plan.remove.length };
		const about = { home: pm2.home, repository: config.repository?.path ?? null, config: places.config };
		return { lines: upLines(processes, done, about), allOnline: processes.every(({ status }) => status === "online") };
	} finally {
		await floor.close();
	}
}

function refuseUnbuilt(wanted: readonly Pm2App[]): void {
	const missing = wanted.find(({ script }) => !existsSync(script));
	if (missing !== undefined)
		throw new ShopfloorError(
			"bad-config",
			`${missing.name} is not built (${missing.script} is missing). Build it: npm run build`,
		);
}

/** The newest of what a process runs on. */
function builtAt({ script, cwd }: Pm2App): number {
	const stamps = [join(dirname(script), ".tsbuildinfo"), join(cwd, "packages", "core", "dist", ".tsbuildinfo")];
	return Math.max(...stamps.map((path) => (existsSync(path) ? statSync(path).mtimeMs : 0)));
}

/** Brings up what the configuration asks for; run twice, it changes nothing. */
import { existsSync, statSync } from "node:fs";
import { type FileFloor, loadConfig, openFloor, type Places, ShopfloorError } from "@shopfloor/core/io";
import { closeDumps } from "./dump.ts";
import { ecosystem, type Pm2App } from "./ecosystem.ts";
import { notedLauncher, noteLauncher } from "./launcher.ts";
import { namesTaken, restartLines, upLines } from "./messages.ts";
import { planUp } from "./plan.ts";
import { Pm2 } from "./pm2.ts";

export interface UpResult {
	readonly lines: readonly string[];
	readonly allOnline: boolean;
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
		closeDumps(pm2.home);
		if (plan.remove.length > 0) await pm2.remove(plan.remove.map(({ id }) => id));
		if (plan.start.length > 0) {
			say(`starting ${plan.start.join(", ")}…`);
			await pm2.start(plan.start);
		}
		if (plan.restart.length > 0) {
			for (const line of restartLines(plan.restart)) say(line);
			await pm2.restart(plan.restart.map(({ name }) => name));
		}
		const processes = (await pm2.list()).filter((process) => pm2.isOurs(process));
		const allOnline = processes.every(({ status }) => status === "online");
		await note(floor, pm2, daemonBefore, allOnline);
		const about = { home: pm2.home, environment, repository: config.repository?.path ?? null, config: places.config };
		return { lines: upLines(processes, plan, about), allOnline };
	} finally {
		await floor.close();
	}
}

/** A daemon that was there before is not ours to end; one that brought everybody up is where to look for them. */
async function note(floor: FileFloor, pm2: Pm2, daemonBefore: number | undefined, allOnline: boolean): Promise<void> {
	const { home } = pm2;
	const daemon = pm2.daemon();
	if (daemonBefore === undefined && daemon !== undefined) await noteLauncher(floor, { home, daemon });
	else if (allOnline && (await notedLauncher(floor))?.home !== home) await noteLauncher(floor, { home, daemon: null });
}

function refuseUnbuilt(wanted: readonly Pm2App[]): void {
	const missing = wanted.find(({ script }) => !existsSync(script));
	if (missing !== undefined)
		throw new ShopfloorError(
			"bad-config",
			`${missing.name} is not built (${missing.script} is missing). Build it: npm run build`,
		);
}

/** A process is one file, with all that it runs on. */
function builtAt({ script }: Pm2App): number {
	return statSync(script).mtimeMs;
}

/** Takes down what `up` started, and nothing else. */
import { isAlive, openFloor, type Places, systemClock } from "@shopfloor/core/io";
import { downLines } from "./messages.ts";
import { Pm2 } from "./pm2.ts";
import { type Launcher, launcherKey } from "./up.ts";

/** PM2 has sent SIGKILL by then. */
const endMs = 12_000;

export async function down(places: Places, environment: NodeJS.ProcessEnv): Promise<readonly string[]> {
	const pm2 = new Pm2(places, environment);
	const listed = await pm2.list();
	const ours = listed.filter((process) => pm2.isOurs(process));
	const others = listed.length - ours.length;
	if (ours.length > 0) {
		await pm2.remove(ours.map(({ id }) => id));
		await allGone(ours.map(({ pid }) => pid));
	}
	const daemonEnded = others === 0 && (await isOurDaemon(places, pm2));
	if (daemonEnded) await pm2.endDaemon();
	return downLines(
		ours.map(({ name }) => name),
		daemonEnded,
		others,
	);
}

async function isOurDaemon(places: Places, pm2: Pm2): Promise<boolean> {
	const daemon = pm2.daemon();
	if (daemon === undefined) return false;
	const floor = openFloor({ stateDir: places.state });
	try {
		const launcher = (await floor.records.get(launcherKey)).value as Launcher | undefined;
		return launcher?.home === pm2.home && launcher.daemon === daemon;
	} finally {
		await floor.close();
	}
}

async function allGone(pids: readonly number[]): Promise<void> {
	const started = systemClock.watch();
	while (pids.some((pid) => pid > 0 && isAlive(pid)) && systemClock.watch() - started < endMs)
		await systemClock.sleep(50);
}

/** Takes down what `up` started, and nothing else. */
import { endTerminals } from "@shopfloor/agents";
import { type Clock, endLeftRuns, isAlive, leftovers, openFloor, type Places, sweep } from "@shopfloor/core/io";
import { takenSeats } from "@shopfloor/core/person";
import { type Launcher, notedLauncher } from "./launcher.ts";
import { downLines, type Running } from "./messages.ts";
import { Pm2 } from "./pm2.ts";

export interface DownResult {
	readonly lines: readonly string[];
	/** False while any process of this factory is still there. */
	readonly allGone: boolean;
}

/** PM2 has sent SIGKILL by then. */
const endMs = 12_000;

export async function down(places: Places, environment: NodeJS.ProcessEnv, clock: Clock): Promise<DownResult> {
	const pm2 = new Pm2(places, environment);
	const listed = await pm2.list();
	const ours = listed.filter((process) => pm2.isOurs(process));
	const others = listed.length - ours.length;
	if (ours.length > 0) {
		await pm2.remove(ours.map(({ id }) => id));
		await ended(ours, clock);
	}
	const survivors = ours.filter(lives);
	const { launcher, seated } = await remembered(places);
	// A process that was killed cannot clean up, and the scheduler, which does it for the others, is gone.
	sweep(leftovers(places.state));
	await endTerminals(places.state);
	const daemonEnded = others === 0 && survivors.length === 0 && isOurDaemon(launcher, pm2);
	if (daemonEnded) await pm2.endDaemon();
	if (seated.length === 0) await endLeftRuns(places.state);
	const elsewhere = seated.filter(({ pid }) => !survivors.some((survivor) => survivor.pid === pid));
	return {
		lines: downLines(
			{ stopped: ours.filter((process) => !lives(process)), survivors, elsewhere, daemonEnded, others },
			{ home: pm2.home, notedHome: launcher?.home, environment },
		),
		allGone: survivors.length + elsewhere.length === 0,
	};
}

/** What the floor knows that PM2 does not: who sits in its seats, whoever started it. */
async function remembered(places: Places): Promise<{ launcher: Launcher | undefined; seated: readonly Running[] }> {
	// By now everything is down. A disk that cannot be written must not keep the person from hearing so.
	const floor = openFloor({ stateDir: places.state, use: "look" });
	try {
		const seats = Object.entries(await takenSeats(floor));
		return { launcher: await notedLauncher(floor), seated: seats.map(([name, pid]) => ({ name, pid })) };
	} finally {
		await floor.close();
	}
}

function isOurDaemon(launcher: Launcher | undefined, pm2: Pm2): boolean {
	const daemon = pm2.daemon();
	return daemon !== undefined && launcher?.home === pm2.home && launcher.daemon === daemon;
}

function lives({ pid }: Running): boolean {
	return pid > 0 && isAlive(pid);
}

async function ended(processes: readonly Running[], clock: Clock): Promise<void> {
	const started = clock.watch();
	while (processes.some(lives) && clock.watch() - started < endMs) await clock.sleep(lookEveryMs);
}

const lookEveryMs = 50;

/** Taking down, where PM2 says less than the truth. The PM2 here is a program that answers what it is told to. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openFloor, type Places } from "@shopfloor/core/io";
import { fakeClock, makeReadOnly, smallDisk, tempDir } from "@shopfloor/core/testing";
import { expect, onTestFinished, test } from "vitest";
import { down } from "./down.ts";
import { noteLauncher } from "./launcher.ts";

test("a process that outlives everything is named, and nothing is called stopped that is not", async () => {
	const { places, environment, list } = await aPm2();
	const survivor = await aProcess();
	list([
		{ name: "ralph-1", pid: survivor.pid, state: places.state },
		{ name: "scheduler", pid: 0, state: places.state },
	]);
	const clock = fakeClock();
	const waiting = clock.looks(2);
	const ending = down(places, environment, clock);
	await waiting;
	await clock.advance(12_000);
	const { lines, allGone } = await ending;
	expect(lines).toEqual([
		"Stopped scheduler. PM2 itself goes on.",
		`Still alive, although PM2 has killed and forgotten them: ralph-1 (pid ${survivor.pid}). End them: kill -9 ${survivor.pid}`,
		"The log and the queues are kept; npm start goes on from there.",
	]);
	expect(allGone).toBe(false);
});

test("who works on the same state directory under another PM2 is named, with the command that reaches it", async () => {
	const { places, environment, home } = await aPm2();
	const floor = openFloor({ stateDir: places.state });
	onTestFinished(() => floor.close());
	await floor.leases.hold("process-scheduler", { slots: 1, ttlMs: 60_000 });
	await noteLauncher(floor, { home: "/srv/pm2", daemon: null });
	const { lines, allGone } = await down(places, environment, fakeClock());
	expect(lines).toEqual([
		`Nothing of this factory runs under PM2 (home ${home}).`,
		`Still at work: scheduler (pid ${process.pid}). They work on the same state directory, and this PM2 does not know them.`,
		"They were brought up under another one: PM2_HOME=/srv/pm2 npm stop",
	]);
	expect(allGone).toBe(false);
});

test("a factory of the same clone with another state directory is left alone", async () => {
	const { places, environment, list, home } = await aPm2();
	list([{ name: "scheduler", pid: 0, state: join(places.root, "other") }]);
	expect(await down(places, environment, fakeClock())).toEqual({
		lines: [`Nothing of this factory runs under PM2 (home ${home}).`],
		allGone: true,
	});
});

test("what a killed process left behind is gone afterwards", async () => {
	const { places, environment } = await aPm2();
	const left = leftBehind(places);
	await down(places, environment, fakeClock());
	expect(existsSync(left)).toBe(false);
});

test("on a disk that can only be read it tells and ends as much as on any other; what was left behind stays", async (context) => {
	const { places, environment, list, daemon } = await aPm2(smallDisk(context, 4_000));
	list([{ name: "scheduler", pid: 0, state: places.state }]);
	const floor = openFloor({ stateDir: places.state });
	await noteLauncher(floor, { home: environment.PM2_HOME, daemon });
	await floor.close();
	const left = leftBehind(places);
	await makeReadOnly(dirname(places.state));
	expect(await down(places, environment, fakeClock())).toEqual({
		lines: [
			"Stopped scheduler. PM2 itself had nothing left to do and ended too.",
			"The log and the queues are kept; npm start goes on from there.",
		],
		allGone: true,
	});
	expect(existsSync(left)).toBe(true);
});

/** A card of a process that was killed. */
function leftBehind({ state }: Places): string {
	const left = join(state, "locks", ".cards", "4194305-1-0-0-1x");
	mkdirSync(dirname(left), { recursive: true });
	writeFileSync(left, "");
	return left;
}

interface Listed {
	readonly name: string;
	readonly pid: number | undefined;
	readonly state: string;
}

/** A clone whose PM2 lists what it was told, and whose other commands do nothing. */
async function aPm2(disk?: string) {
	const root = tempDir();
	const home = join(root, "pm2");
	const state = join(disk ?? root, "state");
	const places: Places = { root, config: join(root, "shopfloor.config.json"), state };
	const bin = join(root, "node_modules", "pm2", "bin");
	for (const folder of [home, places.state, bin]) mkdirSync(folder, { recursive: true });
	const answer = join(root, "list.json");
	writeFileSync(answer, "[]");
	writeFileSync(
		join(bin, "pm2"),
		`if (process.argv[2] === "jlist") process.stdout.write(require("fs").readFileSync(${JSON.stringify(answer)}))`,
	);
	const daemon = await aProcess('process.title = "PM2 v7.0.4: God Daemon";');
	writeFileSync(join(home, "pm2.pid"), `${daemon.pid}`);
	return {
		places,
		home,
		daemon: daemon.pid ?? 0,
		environment: { PATH: process.env["PATH"], HOME: root, PM2_HOME: home },
		list(processes: readonly Listed[]) {
			const raw = processes.map(({ name, pid, state }, index) => {
				const env = { SHOPFLOOR_STATE: state };
				const pm2_env = { status: "online", pm_uptime: 0, namespace: "shopfloor", pm_cwd: root, env };
				return { pm_id: index, name, pid, pm2_env };
			});
			writeFileSync(answer, JSON.stringify(raw));
		},
	};
}

/** Lives until the test ends. */
async function aProcess(first = ""): Promise<ChildProcess> {
	const program = `${first} process.stdout.write("up"); setInterval(() => {}, 1_000);`;
	const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "ignore"] });
	onTestFinished(() => void child.kill("SIGKILL"));
	await once(child.stdout as NonNullable<typeof child.stdout>, "data");
	return child;
}

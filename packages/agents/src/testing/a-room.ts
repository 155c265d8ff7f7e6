/** A place for programs to run in, of this test's own. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
	bubblewrapRunner,
	isAlive,
	type Leases,
	openFloor,
	processGroupRunner,
	processIds,
	runVariable,
} from "@shopfloor/core/io";
import { tempDir } from "@shopfloor/core/testing";
import { onTestFinished } from "vitest";
import type { Job } from "../port/job.ts";
import type { Room } from "../program/room.ts";
import { agentMounts } from "../sandbox/agent-mounts.ts";

export interface TestRoom {
	readonly room: Room;
	readonly leases: Leases;
	readonly tree: string;
	/** What was shown of the last job. */
	readonly shown: string[];
	job(change?: Partial<Job>): Job;
}

export function aRoom(): TestRoom {
	const dir = tempDir();
	const tree = join(dir, "tree");
	for (const path of [tree, join(dir, "home")]) mkdirSync(path);
	const floor = openFloor({ stateDir: join(dir, "state") });
	onTestFinished(() => floor.close());
	const shown: string[] = [];
	return {
		room: {
			runner: processGroupRunner,
			home: join(dir, "home"),
			runs: join(dir, "runs"),
			counted: join(dir, "counted"),
			network: true,
			mounts: () => [],
		},
		leases: floor.leases,
		tree,
		shown,
		job: (change = {}) => ({
			role: "coder",
			prompt: "do it",
			cwd: tree,
			access: "write",
			limits: patient,
			show: (line) => shown.push(line),
			...change,
		}),
	};
}

/** The same, where that program is shut in as an agent's is. */
export function aShutRoom(program: string, { network = false } = {}): TestRoom {
	const world = aRoom();
	const { home } = world.room;
	const mounts: Room["mounts"] = ({ cwd, access }) => agentMounts({ tree: cwd, access, home, program });
	return { ...world, room: { ...world.room, runner: bubblewrapRunner, network, mounts } };
}

/** Processes of runs in that room. They carry a run's name, and the room's home. */
export function leftIn({ home }: Room): number[] {
	return processIds().filter((pid) => {
		try {
			const env = readFileSync(`/proc/${pid}/environ`, "utf8");
			return env.includes(`${runVariable}=`) && env.includes(`HOME=${home}`) && isAlive(pid);
		} catch {
			return false;
		}
	});
}

/** Longer than anything takes on a busy machine; a test of a limit brings its own. */
export const patient: Job["limits"] = { startMs: 60_000, idleMs: 60_000, wallMs: 90_000, usd: 1, turns: 20 };

/** Without a word of whoever runs the tests. */
export const plainEnv = { PATH: process.env["PATH"] ?? "/usr/bin:/bin" };

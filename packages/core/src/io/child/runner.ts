/**
 * How the program of an agent or a check is run. Two ways, one contract: in a process group, which ends what it started
 * but keeps nothing from it; and in a sandbox, where it sees what it is given and nothing else.
 */
import { closeSync, lstatSync, openSync, readFileSync, rmSync } from "node:fs";
import { constants } from "node:os";
import { isAbsolute, join } from "node:path";
import { bubblewrapCommand, type Mount, systemMounts } from "./bubblewrap.ts";
import { findProgram } from "./program.ts";
import { type ChildEnd, type ChildJob, runChild } from "./run-child.ts";

export interface RunJob extends Omit<ChildJob, "handles"> {
	/** What it may see besides the system; only the sandbox holds it to that. */
	readonly mounts: readonly Mount[];
	/** Without it there is none in a sandbox, not even to this machine. */
	readonly network?: boolean;
}

export interface Runner {
	readonly name: "process-group" | "bubblewrap";
	/** Resolves when nothing of the program is left. Rejects with `process-left` and with faults of the disk only. */
	run(job: RunJob): Promise<ChildEnd>;
}

export const processGroupRunner: Runner = {
	name: "process-group",
	run: runChild,
};

export const bubblewrapRunner: Runner = {
	name: "bubblewrap",
	async run(job) {
		const [name = "", ...args] = job.command;
		// Bubblewrap would say it in its own words, and not whether the program or the folder is meant.
		const program = findProgram(onHost(name, job.mounts), job.env["PATH"]);
		if (program.kind === "missing") return neverRan(program.why);
		if (lstatSync(job.cwd, { throwIfNoEntry: false }) === undefined)
			return neverRan(`there is no folder ${job.cwd} to run it in`);
		return inSandbox(job, [isAbsolute(name) ? name : program.path, ...args]);
	},
};

/** Where a path of the sandbox lies outside of it. */
function onHost(path: string, mounts: readonly Mount[]): string {
	let host = path;
	let nearest = 0;
	for (const mount of mounts) {
		if (!("from" in mount) || !path.startsWith(`${mount.to}/`) || mount.to.length < nearest) continue;
		nearest = mount.to.length;
		host = join(mount.from, path.slice(mount.to.length));
	}
	return host;
}

async function inSandbox(job: RunJob, command: readonly string[]): Promise<ChildEnd> {
	const statusFile = `${job.output}.status`;
	const statusFd = openSync(statusFile, "w", 0o600);
	try {
		const { network = false } = job;
		const mounts = [...systemMounts({ network }), ...job.mounts];
		const sandbox = { mounts, cwd: job.cwd, network, statusFd: 3 };
		const end = await runChild({ ...job, command: bubblewrapCommand(sandbox, command), cwd: "/", handles: [statusFd] });
		return asOfTheProgram(end, readFileSync(statusFile, "utf8"));
	} finally {
		closeSync(statusFd);
		rmSync(statusFile, { force: true });
	}
}

/**
 * Bubblewrap ends with the program's code, and with 128 and the signal's number where a signal ended it. A program that
 * chooses such a code itself is taken for killed, which passes as little. It notes a code only for what it could start.
 */
function asOfTheProgram(end: ChildEnd, status: string): ChildEnd {
	if (end.kind !== "exited") return end;
	const { ms, outputBytes, tail } = end;
	if (!/"exit-code"/.test(status))
		return { kind: "not-started", why: tail.trim() || "bubblewrap could not start it", ms, outputBytes, tail };
	const signal = signalNames.get(end.code - 128);
	return signal === undefined ? end : { kind: "signalled", signal, ms, outputBytes, tail };
}

const signalNames = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

function neverRan(why: string): ChildEnd {
	return { kind: "not-started", why, ms: 0, outputBytes: 0, tail: "" };
}

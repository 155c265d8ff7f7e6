/** A run in a sandbox, whoever makes that: what the program gets, and what became of it rather than of its sandbox. */
import { closeSync, lstatSync, openSync, readFileSync, rmSync } from "node:fs";
import { constants } from "node:os";
import { isAbsolute, join } from "node:path";
import { findProgram } from "./program.ts";
import { type ChildEnd, runChild } from "./run-child.ts";
import type { RunJob } from "./run-job.ts";
import type { Mount, Sandbox } from "./sandbox.ts";
import { systemMounts } from "./system-mounts.ts";
import { systemTool } from "./system-tool.ts";

/** `commandOf` gives the command line that makes the sandbox and runs the program in it. */
export async function runSandboxed(
	job: RunJob,
	commandOf: (sandbox: Sandbox, command: readonly string[]) => readonly string[],
): Promise<ChildEnd> {
	const [name = "", ...args] = job.command;
	// Whoever makes the sandbox would say it in its own words, and not whether the program or the folder is meant.
	const program = findProgram(onHost(name, job.mounts), job.env["PATH"]);
	if (program.kind === "missing") return neverRan(program.why);
	if (lstatSync(job.cwd, { throwIfNoEntry: false }) === undefined)
		return neverRan(`there is no folder ${job.cwd} to run it in`);
	const { network = false } = job;
	const mounts = [...systemMounts({ network }), ...job.mounts];
	const command = [isAbsolute(name) ? name : program.path, ...args];
	const [maker = "", ...rest] = commandOf({ mounts, cwd: job.cwd, network, statusFd: 3 }, command);
	const found = systemTool(maker);
	return found.kind === "missing" ? neverRan(found.why) : await withStatus(job, [found.path, ...rest]);
}

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

async function withStatus(job: RunJob, command: readonly string[]): Promise<ChildEnd> {
	const statusFile = `${job.output}.status`;
	const statusFd = openSync(statusFile, "w", 0o600);
	try {
		const end = await runChild({
			...job,
			command,
			cwd: "/",
			place: job.place ?? job.cwd,
			handles: [statusFd],
			launcher: true,
		});
		return asOfTheProgram(end, readFileSync(statusFile, "utf8"));
	} finally {
		closeSync(statusFd);
		rmSync(statusFile, { force: true });
	}
}

/**
 * The sandbox ends with the program's code, and with 128 and the signal's number where a signal ended it. A program that
 * chooses such a code itself is taken for killed, which passes as little. A code is noted only for what could be started.
 */
function asOfTheProgram(end: ChildEnd, status: string): ChildEnd {
	if (end.kind !== "exited") return end;
	const { ms, outputBytes, tail } = end;
	if (!/"exit-code"/.test(status))
		return { kind: "not-started", why: tail.trim() || "the sandbox could not be made", ms, outputBytes, tail };
	const signal = signalNames.get(end.code - 128);
	return signal === undefined ? end : { kind: "signalled", signal, ms, outputBytes, tail };
}

const signalNames = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

function neverRan(why: string): ChildEnd {
	return { kind: "not-started", why, ms: 0, outputBytes: 0, tail: "" };
}

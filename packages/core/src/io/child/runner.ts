/**
 * How the program of an agent or a check is run. In a process group, which ends what it started but keeps nothing from
 * it; or in a sandbox, where it sees what it is given and nothing else. One contract for all.
 */
import { bubblewrapCommand } from "./bubblewrap.ts";
import { type ChildEnd, runChild } from "./run-child.ts";
import type { RunJob } from "./run-job.ts";
import { runSandboxed } from "./sandboxed.ts";
import { unshareCommand } from "./unshare.ts";

export interface Runner {
	readonly name: "process-group" | "bubblewrap" | "unshare";
	/** Resolves when nothing of the program is left. Rejects with `process-left` and with faults of the disk only. */
	run(job: RunJob): Promise<ChildEnd>;
}

export const processGroupRunner: Runner = {
	name: "process-group",
	run: runChild,
};

export const bubblewrapRunner: Runner = {
	name: "bubblewrap",
	run: (job) => runSandboxed(job, bubblewrapCommand),
};

/** For machines without bubblewrap. */
export const unshareRunner: Runner = {
	name: "unshare",
	run: (job) => runSandboxed(job, unshareCommand),
};

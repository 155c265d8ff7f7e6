/** Running programs of others: what they say, what they may see, and that nothing of them is left. */
export { bubblewrapCommand } from "./bubblewrap.ts";
export {
	chooseRunner,
	type RunnerChoice,
	type SandboxProbe,
	type SandboxSetting,
	sandboxAvailable,
	unshareAvailable,
} from "./choose-runner.ts";
export { machineLimits } from "./machine-limits.ts";
export { processIds, runMark, runVariable, type Seen } from "./processes.ts";
export { findProgram, type Program } from "./program.ts";
export { type ChildEnd, type ChildEnding, type ChildJob, type ChildLimits, runChild } from "./run-child.ts";
export { endOfFile } from "./run-files.ts";
export type { RunJob } from "./run-job.ts";
export { bubblewrapRunner, processGroupRunner, type Runner, unshareRunner } from "./runner.ts";
export type { Mount, Sandbox } from "./sandbox.ts";
export { endLeftRuns, findLeftRuns, type LeftRun } from "./strays.ts";
export { systemMounts } from "./system-mounts.ts";

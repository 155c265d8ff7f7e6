/** Running programs of others: what they say, what they may see, and that nothing of them is left. */
export {
	bubblewrapCommand,
	type Mount,
	type Sandbox,
	type SandboxProbe,
	sandboxAvailable,
	systemMounts,
} from "./bubblewrap.ts";
export { processIds, runVariable, type Seen } from "./processes.ts";
export { findProgram, type Program } from "./program.ts";
export { type ChildEnd, type ChildEnding, type ChildJob, type ChildLimits, runChild } from "./run-child.ts";
export { bubblewrapRunner, processGroupRunner, type RunJob, type Runner } from "./runner.ts";
export { endLeftRuns, findLeftRuns, type LeftRun } from "./strays.ts";

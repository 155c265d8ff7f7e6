/** What a runner is asked to run. */
import type { ChildJob } from "./run-child.ts";
import type { Mount } from "./sandbox.ts";

export interface RunJob extends Omit<ChildJob, "handles" | "launcher"> {
	/** What it may see besides the system; only a sandbox holds it to that. */
	readonly mounts: readonly Mount[];
	/** Without it there is none in a sandbox, not even to this machine. */
	readonly network?: boolean;
}

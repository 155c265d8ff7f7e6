/** The one door to everything the factory knows about models. */
import type { Job } from "./job.ts";
import type { Outcome } from "./outcome.ts";

export interface Agent {
	/**
	 * Does the job, and resolves when nothing of it is left running. Never rejects for what a program or a provider did:
	 * that is an outcome. Rejects for faults of this machine (`disk-full`, `process-left`).
	 */
	run(job: Job): Promise<Outcome>;
}

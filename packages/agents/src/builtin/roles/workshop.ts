/** What the roles that look at code work with. */
import { realpathSync, statSync } from "node:fs";
import type { Job } from "../../port/job.ts";
import type { ProjectBounds } from "../bounds.ts";
import type { Compiling } from "../child/compilers.ts";
import type { Request } from "../child/protocol.ts";
import { type Answered, answerOf } from "./asked.ts";
import { type Ended, refused } from "./said.ts";

export interface Workshop {
	readonly compilers: Compiling;
	readonly bounds: ProjectBounds;
}

/** Asks about the job's folder, which the answer's files are relative to once its links are followed. */
export async function ask(
	job: Job,
	request: Omit<Request, "cwd" | "bounds">,
	{ compilers, bounds }: Workshop,
): Promise<Answered | Ended> {
	if (!statSync(job.cwd, { throwIfNoEntry: false })?.isDirectory()) return refused(`there is no folder ${job.cwd}`);
	const whole = { ...request, cwd: realpathSync(job.cwd), bounds };
	return answerOf(await compilers.ask({ request: whole, limits: job.limits, signal: job.signal, show: job.show }));
}

/**
 * Where programs run: how they are held, what they are given of this machine, and where what belongs to them lies. One
 * room for each session and agent: sixteen sessions that share one configuration write over each other's.
 */
import type { Mount, Runner } from "@shopfloor/core/io";
import type { Job } from "../port/job.ts";

export interface Room {
	readonly runner: Runner;
	/** Kept between runs: the program's own configuration and conversations. Absolute. */
	readonly home: string;
	/** Prompts and outputs of runs, each in a folder of its own that the run may look into. */
	readonly runs: string;
	/** How far conversations were counted. Not in the home: what a program can write to is not believed, nor followed. */
	readonly counted: string;
	/** What the program may see, besides the system. */
	mounts(job: Pick<Job, "cwd" | "access" | "git">): readonly Mount[];
	/** Whether it may reach anybody. Models live elsewhere, so mostly it must. */
	readonly network: boolean;
}

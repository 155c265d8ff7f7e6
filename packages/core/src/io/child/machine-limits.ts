/** What one run may take of this machine where nobody says otherwise: enough for honest work, too little to stop the rest. */
import { totalmem } from "node:os";
import type { ChildLimits } from "./run-child.ts";

export function machineLimits(): Required<Pick<ChildLimits, "memoryBytesMax" | "threadsMax" | "fileBytesMax">> {
	return {
		memoryBytesMax: Math.max(memoryLeast, Math.min(memoryMost, totalmem() / 2)),
		threadsMax,
		fileBytesMax,
	};
}

const gibibyte = 1024 ** 3;
/** Less, and a compiler on a project of middle size ends for want of it. */
const memoryLeast = 2 * gibibyte;
/** A compiler, a test runner with its workers and an agent together need less. */
const memoryMost = 8 * gibibyte;
/** Node has a dozen each; a test runner with as many workers as a large machine has cores, some hundred processes. */
const threadsMax = 4_096;
/** Larger than any artefact that belongs into a repository, smaller than a disk. */
const fileBytesMax = 4 * gibibyte;

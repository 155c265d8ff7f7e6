import { totalmem } from "node:os";
import { showBytes } from "@shopfloor/core";
import { check, fail, pass, warn } from "../check.ts";

export interface MemorySight {
	readonly availableBytes: number;
	readonly totalBytes: number;
}

export const memory = check<MemorySight>({
	name: "memory",
	look() {
		// Without a limit this is a number larger than any machine.
		const limit = process.constrainedMemory();
		const totalBytes = limit > 0 && limit < totalmem() ? limit : totalmem();
		return { availableBytes: process.availableMemory(), totalBytes };
	},
	judge({ availableBytes, totalBytes }) {
		const free = `${showBytes(availableBytes)} of ${showBytes(totalBytes)} available`;
		if (availableBytes < tooLittleBytes) return fail(free, "end something else on this machine");
		if (availableBytes < littleBytes) return warn(free, "end something else, or lower sessions in the configuration");
		return pass(free);
	},
});

/** Enough for the processes that only wait. */
const tooLittleBytes = 256 * 2 ** 20;
/** Enough for two sessions that compile and test. */
const littleBytes = 2 ** 30;

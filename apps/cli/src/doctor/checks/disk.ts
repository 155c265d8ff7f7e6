import { statfsSync } from "node:fs";
import { showBytes, unconfigured } from "@shopfloor/core";
import { readConfig } from "@shopfloor/core/io";
import { fitState } from "../../fit-state.ts";
import { check, fail, pass, warn } from "../check.ts";

export interface DiskSight {
	readonly freeBytes: number;
	readonly totalBytes: number;
	/** What the configuration calls little. */
	readonly littleBytes: number;
	/** Undefined where the file system does not count them. */
	readonly freeFilesShare: number | undefined;
}

export const disk = check<DiskSight>({
	name: "disk",
	look({ places }) {
		const { bavail, bsize, blocks, files, ffree } = statfsSync(fitState(places));
		const found = readConfig(places.config);
		const { health } = "config" in found ? found.config : unconfigured();
		return {
			freeBytes: bavail * bsize,
			totalBytes: blocks * bsize,
			littleBytes: health.diskFree * 2 ** 30,
			freeFilesShare: files > 0 ? ffree / files : undefined,
		};
	},
	judge({ freeBytes, totalBytes, littleBytes, freeFilesShare }) {
		const free = `${showBytes(freeBytes)} of ${showBytes(totalBytes)} free`;
		if (freeBytes < tooLittleBytes) return fail(free, "make room on the disk of the state directory");
		if (freeBytes < littleBytes) return warn(free, "make room on the disk of the state directory");
		if (freeFilesShare !== undefined && freeFilesShare < littleFilesShare)
			return warn(`${free}, but hardly any more files fit on it (inodes)`, "remove files that nobody needs");
		return pass(free);
	},
});

/** A day's log and a few working trees. Below it the factory stands still before long. */
const tooLittleBytes = 200 * 2 ** 20;
const littleFilesShare = 0.02;

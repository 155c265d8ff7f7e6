/** What a check's program finds around it: the same on every run, and nothing of ours. */
import { delimiter, dirname, join } from "node:path";
import type { Scratch } from "./scratch.ts";

export function checkEnvironment(
	scratch: Scratch,
	folders: readonly string[],
	extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
	return {
		PATH: [programPath, ...folders.map((folder) => join(folder, ".bin"))].join(delimiter),
		HOME: scratch.home,
		TMPDIR: scratch.temp,
		LANG: "C.UTF-8",
		LC_ALL: "C.UTF-8",
		TZ: "UTC",
		CI: "1",
		NO_COLOR: "1",
		...extra,
	};
}

/** This Node first, so that a check runs under the one that its receipt names. */
export const programPath = [dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter);

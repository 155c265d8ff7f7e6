/** PM2's daemon, as it can be seen without asking PM2: asking would start one. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "@shopfloor/core/io";

export interface Daemon {
	readonly pid: number;
	/** Of the running daemon, which is whichever PM2 was called first; undefined where the system does not tell. */
	readonly version: string | undefined;
}

/** The daemon of a PM2 home. One that was killed leaves its pid behind, for the system to give to somebody else. */
export function runningDaemon(home: string): Daemon | undefined {
	const pid = Number(text(join(home, "pm2.pid")));
	if (!Number.isSafeInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined;
	if (!existsSync("/proc/self/cmdline")) return { pid, version: undefined };
	// It calls itself `PM2 v7.0.4: God Daemon (/home/…)`, as far as there is room for it.
	const title = /^PM2 v(\d+\.\d+\.\d+)\S*: God/.exec(text(`/proc/${pid}/cmdline`) ?? "");
	return title === null ? undefined : { pid, version: title[1] };
}

/** Undefined for what is not there, ended meanwhile, or is somebody else's. */
function text(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return undefined;
	}
}

import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { check, pass, warn } from "../check.ts";

export interface Stray {
	readonly pid: number;
	/** The program that it runs, and that is gone. */
	readonly lost: string;
}

/** Processes that work in this state directory for a clone that was deleted under them. */
export const strays = check<readonly Stray[]>({
	name: "strays",
	look: ({ places }) => readdir("/proc").flatMap((name) => strayOf(name, places.state) ?? []),
	judge(found) {
		if (found.length === 0) return pass("no processes of a clone that is gone");
		const list = found.map(({ pid, lost }) => `pid ${pid} (${lost} is gone)`).join(", ");
		return warn(
			`processes of a clone that is gone work in this state directory: ${list}`,
			`kill ${found.map(({ pid }) => pid).join(" ")}`,
		);
	},
});

function strayOf(name: string, state: string): Stray | undefined {
	const pid = Number(name);
	if (!Number.isSafeInteger(pid) || !seesWhatWeSee(pid)) return undefined;
	const lost = /\/[^\0 ]*\/apps\/[\w-]+\/dist\/main\.js/.exec(text(`/proc/${pid}/cmdline`))?.[0];
	if (lost === undefined || existsSync(lost)) return undefined;
	const isOurs = text(`/proc/${pid}/environ`).split("\0").includes(`SHOPFLOOR_STATE=${state}`);
	return isOurs ? { pid, lost } : undefined;
}

/** In a container the same pids and paths mean something else. */
function seesWhatWeSee(pid: number): boolean {
	return ["pid", "mnt"].every((kind) => {
		const ours = namespace("self", kind);
		return ours !== undefined && namespace(`${pid}`, kind) === ours;
	});
}

/** Undefined for what is somebody else's, or ended meanwhile. */
function namespace(process: string, kind: string): string | undefined {
	try {
		return readlinkSync(`/proc/${process}/ns/${kind}`);
	} catch {
		return undefined;
	}
}

/** Empty where there is no /proc. */
function readdir(path: string): string[] {
	try {
		return readdirSync(path);
	} catch {
		return [];
	}
}

/** Empty for what is somebody else's, or ended meanwhile. */
function text(path: string): string {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return "";
	}
}

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { check, pass, warn } from "../check.ts";

export interface Stray {
	readonly pid: number;
	/** What it lost: its program, or its state directory. */
	readonly lost: string;
}

/** Processes of a factory that was deleted under them: nobody steers them, and they hold memory. */
export const strays = check<readonly Stray[]>({
	name: "strays",
	look: () => readdir("/proc").flatMap((name) => strayOf(Number(name)) ?? []),
	judge(found) {
		if (found.length === 0) return pass("no processes of a factory that is gone");
		const list = found.map(({ pid, lost }) => `pid ${pid} (${lost} is gone)`).join(", ");
		return warn(`processes of a factory that is gone: ${list}`, `kill ${found.map(({ pid }) => pid).join(" ")}`);
	},
});

function strayOf(pid: number): Stray | undefined {
	if (!Number.isSafeInteger(pid)) return undefined;
	const script = /\/[^\0 ]*\/apps\/[\w-]+\/dist\/main\.js/.exec(text(`/proc/${pid}/cmdline`))?.[0];
	if (script === undefined) return undefined;
	const state = /(?:^|\0)SHOPFLOOR_STATE=([^\0]*)/.exec(text(`/proc/${pid}/environ`))?.[1];
	const lost = [script, state].find((path) => path?.startsWith("/") && !existsSync(path));
	return lost === undefined ? undefined : { pid, lost };
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

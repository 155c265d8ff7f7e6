import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Pm2 } from "../../factory/pm2.ts";
import { check, fail, pass, warn } from "../check.ts";

export interface Pm2Sight {
	readonly installed: string | undefined;
	/** Of the running daemon, which is whichever PM2 was called first. */
	readonly daemon: { readonly version: string | undefined; readonly home: string } | undefined;
}

export const pm2 = check<Pm2Sight>({
	name: "pm2",
	look({ places, environment }) {
		const manager = new Pm2(places, environment);
		const pid = manager.daemon();
		return {
			installed: installedVersion(places.root),
			daemon: pid === undefined ? undefined : { version: daemonVersion(pid), home: manager.home },
		};
	},
	judge({ installed, daemon }) {
		if (installed === undefined) return fail("not installed", "npm run bootstrap");
		if (daemon === undefined) return pass(`${installed}, not running`);
		if (daemon.version !== undefined && daemon.version !== installed)
			return warn(
				`PM2 ${daemon.version} runs (home ${daemon.home}), ours is ${installed}`,
				"give the factory a PM2 of its own: PM2_HOME=~/.pm2-shopfloor npm start",
			);
		return pass(`${installed}, running (home ${daemon.home})`);
	},
});

function installedVersion(root: string): string | undefined {
	try {
		return JSON.parse(readFileSync(join(root, "node_modules", "pm2", "package.json"), "utf8")).version;
	} catch {
		return undefined;
	}
}

/** The daemon calls itself `PM2 v7.0.4: God Daemon (/home/…)`. */
function daemonVersion(pid: number): string | undefined {
	try {
		return /PM2 v(\d+\.\d+\.\d+)/.exec(readFileSync(`/proc/${pid}/cmdline`, "utf8"))?.[1];
	} catch {
		return undefined;
	}
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runningDaemon } from "../../factory/daemon.ts";
import { closeDumps, openDumps } from "../../factory/dump.ts";
import { pm2Home } from "../../factory/home.ts";
import { check, fail, pass, warn } from "../check.ts";

export interface Pm2Sight {
	readonly installed: string | undefined;
	readonly home: string;
	readonly daemon: { readonly version: string | undefined } | undefined;
	/** What `pm2 save` wrote, as far as other accounts can read it. */
	readonly openDumps: readonly string[];
}

export const pm2 = check<Pm2Sight>({
	name: "pm2",
	look({ places, environment }) {
		const home = pm2Home(environment);
		return {
			installed: installedVersion(places.root),
			home,
			daemon: runningDaemon(home),
			openDumps: openDumps(home),
		};
	},
	judge({ installed, home, daemon, openDumps }) {
		if (installed === undefined) return fail("not installed", "npm run bootstrap");
		if (daemon?.version !== undefined && daemon.version !== installed)
			return warn(
				`PM2 ${daemon.version} runs (home ${home}), ours is ${installed}`,
				"give the factory a PM2 of its own: PM2_HOME=~/.pm2-shopfloor npm start",
			);
		if (openDumps.length > 0)
			return warn("other accounts can read what pm2 save wrote", `chmod 600 ${openDumps.join(" ")}`);
		return pass(daemon === undefined ? `${installed}, not running` : `${installed}, running (home ${home})`);
	},
	repair({ home }) {
		const closed = closeDumps(home);
		return closed.length === 0 ? undefined : `closed ${closed.join(", ")} to other accounts (mode 600)`;
	},
});

function installedVersion(root: string): string | undefined {
	try {
		return JSON.parse(readFileSync(join(root, "node_modules", "pm2", "package.json"), "utf8")).version;
	} catch {
		return undefined;
	}
}

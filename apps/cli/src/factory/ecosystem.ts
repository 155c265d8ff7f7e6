/** The processes of a factory, as PM2 wants them described. Pure: configuration in, list out. */
import { join } from "node:path";
import type { FactoryConfig } from "@shopfloor/core";
import { exitCodes, type Places } from "@shopfloor/core/io";

export interface Pm2App {
	readonly name: string;
	readonly namespace: string;
	readonly script: string;
	readonly args: readonly string[];
	readonly cwd: string;
	readonly env: Readonly<Record<string, string>>;
	readonly [setting: string]: unknown;
}

export const namespace = "shopfloor";

/** What a process of the factory may know of its surroundings. Everything else stays out of PM2's list and dump. */
const passedOn = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "XDG_RUNTIME_DIR"] as const;

export function ecosystem(config: FactoryConfig, places: Places, environment: NodeJS.ProcessEnv): Pm2App[] {
	const sessions = Array.from({ length: config.sessions }, (_, i) => `ralph-${i + 1}`);
	return [
		app("scheduler", "scheduler"),
		app("session-doctor", "session-doctor"),
		...sessions.map((session) => app(session, "ralph-worker", session)),
	];

	function app(name: string, folder: string, ...args: readonly string[]): Pm2App {
		return {
			name,
			namespace,
			script: join(places.root, "apps", folder, "dist", "main.js"),
			args,
			cwd: places.root,
			interpreter: process.execPath,
			exec_mode: "fork",
			env: { ...surroundings(environment), SHOPFLOOR_CONFIG: places.config, SHOPFLOOR_STATE: places.state },
			// Names that contain this text stay out of PM2's list and dump: all of them (true is accepted, and has no effect).
			filter_env: [""],
			// Only a failure is tried again; bad settings, a second copy and a parked process wait for a person.
			stop_exit_codes: [exitCodes.badConfig, exitCodes.secondCopy, exitCodes.parked],
			// For what dies before it can count for itself. Needs both numbers and no restart delay to work at all.
			max_restarts: 10,
			min_uptime: 5_000,
			// More than the six seconds in which a process ends by itself.
			kill_timeout: 8_000,
			wait_ready: true,
			listen_timeout: 15_000,
			merge_logs: true,
			log_date_format: "YYYY-MM-DD HH:mm:ss",
			// PM2's own probes cost memory in every process, and its git look-ups a process each.
			pmx: false,
			vizion: false,
		};
	}
}

export function surroundings(environment: NodeJS.ProcessEnv): Record<string, string> {
	return Object.fromEntries(
		passedOn.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])),
	);
}

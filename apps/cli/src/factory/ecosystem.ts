/** The processes of a factory, as PM2 wants them described. Pure: configuration in, list out. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { type FactoryConfig, processNames } from "@shopfloor/core";
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

/**
 * Where PM2 keeps for us which configuration a process was started with. A process reads its configuration once, so
 * another hash is a reason to restart it. No process reads the variable.
 */
export const configHashVariable = "SHOPFLOOR_CONFIG_HASH";

/** What a process of the factory may know of its surroundings. Everything else stays out of PM2's list and dump. */
const passedOn = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "XDG_RUNTIME_DIR"] as const;

/** A process that has not said "ready" by then counts as started all the same. */
export const readyWithinMs = 15_000;

export function ecosystem(config: FactoryConfig, places: Places, environment: NodeJS.ProcessEnv): Pm2App[] {
	return processNames(config).map((name) =>
		/^ralph-\d+$/.test(name) ? app(name, "ralph-worker", name) : app(name, name),
	);

	function app(name: string, folder: string, ...args: readonly string[]): Pm2App {
		return {
			name,
			namespace,
			script: join(places.root, "apps", folder, "dist", "main.js"),
			args,
			cwd: places.root,
			interpreter: process.execPath,
			// They mostly wait, so memory is worth more than speed here. ADR 7 has the figures.
			node_args: ["--optimize-for-size"],
			exec_mode: "fork",
			env: {
				...surroundings(environment),
				SHOPFLOOR_CONFIG: places.config,
				SHOPFLOOR_STATE: places.state,
				[configHashVariable]: configHash(name, config, places),
			},
			// Names that contain this text stay out of PM2's list and dump: all of them (true is accepted, and has no effect).
			filter_env: [""],
			// Whatever else ends without PM2's request is started again; these wait for a person.
			stop_exit_codes: [exitCodes.badConfig, exitCodes.secondCopy, exitCodes.parked],
			// For what dies before it can count for itself. Needs both numbers and no restart delay to work at all.
			max_restarts: 10,
			min_uptime: 5_000,
			// More than the six seconds in which a process ends by itself.
			kill_timeout: 8_000,
			wait_ready: true,
			listen_timeout: readyWithinMs,
			merge_logs: true,
			log_date_format: "YYYY-MM-DD HH:mm:ss",
			// PM2's own probes cost memory in every process, and its git look-ups a process each.
			pmx: false,
			vizion: false,
			// Node would keep every map in memory; a process reads its own when it has a trace to show.
			disable_source_map_support: true,
		};
	}
}

/** Of what the configuration means, not of its text: a comma more or less is no reason to restart anybody. */
function configHash(name: string, config: FactoryConfig, { config: path }: Places): string {
	// How many sessions there are is the business of those who miss one that is not there, the way in of its keeper.
	const { sessions, gateway, ...rest } = config;
	const own = { scheduler: { sessions }, "webhook-gateway": { sessions, gateway } }[name];
	const read = { ...own, ...rest };
	return createHash("sha256")
		.update(JSON.stringify([path, read]))
		.digest("hex")
		.slice(0, 12);
}

export function surroundings(environment: NodeJS.ProcessEnv): Record<string, string> {
	return Object.fromEntries(
		passedOn.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])),
	);
}

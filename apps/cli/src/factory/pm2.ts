/**
 * PM2, driven through its command line (it is AGPL, and is never imported). Which PM2 home is used is the user's
 * choice: PM2_HOME, or PM2's own default, so that `pm2 ls`, `pm2 logs` and `pm2 restart` see what we started.
 */
import { join } from "node:path";
import { type Places, ShopfloorError } from "@shopfloor/core/io";
import { execa } from "execa";
import { runningDaemon } from "./daemon.ts";
import { configHashVariable, namespace, readyWithinMs, surroundings } from "./ecosystem.ts";
import { pm2Home } from "./home.ts";

export interface Pm2Process {
	readonly id: number;
	readonly name: string;
	readonly pid: number;
	readonly status: string;
	/** When it was started last. */
	readonly since: number;
	readonly namespace: string;
	readonly cwd: string;
	/** State directory and configuration it was started with; undefined for what is not a factory's. */
	readonly state: string | undefined;
	readonly configHash: string | undefined;
}

/** For what PM2 does itself. */
const callMs = 60_000;
/** A longer home does not fit the name of a unix socket, and PM2 then hangs. */
const homeLengthMax = 90;

export class Pm2 {
	readonly #places: Places;
	readonly #environment: NodeJS.ProcessEnv;
	readonly home: string;

	constructor(places: Places, environment: NodeJS.ProcessEnv) {
		this.#places = places;
		this.#environment = environment;
		this.home = pm2Home(environment);
		if (this.home.length > homeLengthMax)
			throw new ShopfloorError(
				"bad-state-dir",
				`the PM2 home ${this.home} is ${this.home.length} characters long; PM2 hangs beyond ${homeLengthMax}. Set PM2_HOME to a shorter path.`,
			);
	}

	/** Pid of the running daemon. Asking PM2 itself would start one. */
	daemon(): number | undefined {
		return runningDaemon(this.home)?.pid;
	}

	/** Everything the daemon looks after, ours or not; nothing when there is no daemon. */
	async list(): Promise<Pm2Process[]> {
		if (this.daemon() === undefined) return [];
		const line = (await this.#call(["jlist"])).split("\n").findLast((text) => text.startsWith("["));
		return (JSON.parse(line ?? "[]") as RawProcess[]).map(toProcess);
	}

	/** One clone may serve several factories, each with a state directory of its own. */
	isOurs({ namespace: group, cwd, state }: Pm2Process): boolean {
		return group === namespace && cwd === this.#places.root && state === this.#places.state;
	}

	async start(names: readonly string[]): Promise<void> {
		await this.#call(["start", this.#ecosystem, "--only", names.join(",")], startMs(names));
	}

	/** By the ecosystem file and not by id, because only so does PM2 take over what it says today. */
	async restart(names: readonly string[]): Promise<void> {
		await this.#call(["restart", this.#ecosystem, "--only", names.join(",")], startMs(names));
	}

	async remove(ids: readonly number[]): Promise<void> {
		await this.#call(["delete", ...ids.map(String)]);
	}

	async endDaemon(): Promise<void> {
		await this.#call(["kill"]);
	}

	get #ecosystem(): string {
		return join(this.#places.root, "ecosystem.config.js");
	}

	async #call(args: readonly string[], withinMs = callMs): Promise<string> {
		const pm2 = join(this.#places.root, "node_modules", "pm2", "bin", "pm2");
		const env = {
			...surroundings(this.#environment),
			PM2_HOME: this.home,
			PM2_DISCRETE_MODE: "true",
			SHOPFLOOR_CONFIG: this.#places.config,
			SHOPFLOOR_STATE: this.#places.state,
		};
		const { exitCode, stdout, stderr, timedOut } = await execa(process.execPath, [pm2, ...args], {
			cwd: this.#places.root,
			env,
			extendEnv: false,
			stdin: "ignore",
			timeout: withinMs,
			reject: false,
			maxBuffer: 20_000_000,
		});
		if (exitCode === 0) return stdout;
		const said = [stdout, stderr].join("\n").trim().split("\n").slice(-15).join("\n");
		const why = timedOut ? `did not answer within ${withinMs / 1_000} s` : `ended with ${exitCode}`;
		throw new ShopfloorError("pm2-failed", `pm2 ${args[0]} ${why}:\n${said}`);
	}
}

/** PM2 waits for the "ready" of each, of two at a time, and for none longer than the ecosystem allows. */
function startMs(names: readonly string[]): number {
	return callMs + names.length * readyWithinMs;
}

interface RawProcess {
	readonly pm_id: number;
	readonly name: string;
	readonly pid: number;
	readonly pm2_env: {
		readonly status: string;
		readonly pm_uptime: number;
		readonly namespace: string;
		readonly pm_cwd: string;
		readonly env?: Readonly<Record<string, string | undefined>>;
	};
}

function toProcess({ pm_id, name, pid, pm2_env }: RawProcess): Pm2Process {
	return {
		id: pm_id,
		name,
		pid,
		status: pm2_env.status,
		since: pm2_env.pm_uptime,
		namespace: pm2_env.namespace,
		cwd: pm2_env.pm_cwd,
		state: pm2_env.env?.["SHOPFLOOR_STATE"],
		configHash: pm2_env.env?.[configHashVariable],
	};
}

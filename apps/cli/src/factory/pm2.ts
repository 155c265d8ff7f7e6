/**
 * PM2, driven through its command line (it is AGPL, and is never imported). Which PM2 home is used is the user's
 * choice: PM2_HOME, or PM2's own default, so that `pm2 ls`, `pm2 logs` and `pm2 restart` see what we started.
 */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { isAlive, type Places, ShopfloorError } from "@shopfloor/core/io";
import { execa } from "execa";
import { namespace, surroundings } from "./ecosystem.ts";

export interface Pm2Process {
	readonly id: number;
	readonly name: string;
	readonly pid: number;
	readonly status: string;
	readonly restarts: number;
	/** When it was started last. */
	readonly since: number;
	readonly namespace: string;
	readonly cwd: string;
	readonly script: string;
}

/** Starting waits for every process's "ready"; nothing PM2 does takes longer than that. */
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
		this.home = resolve(environment["PM2_HOME"] ?? join(environment["HOME"] ?? homedir(), ".pm2"));
		if (this.home.length > homeLengthMax)
			throw new ShopfloorError(
				"bad-state-dir",
				`the PM2 home ${this.home} is ${this.home.length} characters long; PM2 hangs beyond ${homeLengthMax}. Set PM2_HOME to a shorter path.`,
			);
	}

	/** Pid of the running daemon. Asking PM2 itself would start one. */
	daemon(): number | undefined {
		try {
			const pid = Number(readFileSync(join(this.home, "pm2.pid"), "utf8"));
			return Number.isSafeInteger(pid) && pid > 0 && isAlive(pid) ? pid : undefined;
		} catch {
			return undefined;
		}
	}

	/** Everything the daemon looks after, ours or not; nothing when there is no daemon. */
	async list(): Promise<Pm2Process[]> {
		if (this.daemon() === undefined) return [];
		const line = (await this.#call("jlist")).split("\n").findLast((text) => text.startsWith("["));
		return (JSON.parse(line ?? "[]") as RawProcess[]).map(toProcess);
	}

	isOurs(process: Pm2Process): boolean {
		return process.namespace === namespace && process.cwd === this.#places.root;
	}

	async start(names: readonly string[]): Promise<void> {
		await this.#call("start", join(this.#places.root, "ecosystem.config.js"), "--only", names.join(","));
	}

	async restart(ids: readonly number[]): Promise<void> {
		await this.#call("restart", ...ids.map(String));
	}

	async remove(ids: readonly number[]): Promise<void> {
		await this.#call("delete", ...ids.map(String));
	}

	async endDaemon(): Promise<void> {
		await this.#call("kill");
	}

	async #call(...args: readonly string[]): Promise<string> {
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
			timeout: callMs,
			reject: false,
			maxBuffer: 20_000_000,
		});
		if (exitCode === 0) return stdout;
		const said = [stdout, stderr].join("\n").trim().split("\n").slice(-15).join("\n");
		const why = timedOut ? `did not answer within ${callMs / 1_000} s` : `ended with ${exitCode}`;
		throw new ShopfloorError("pm2-failed", `pm2 ${args[0]} ${why}:\n${said}`);
	}
}

interface RawProcess {
	readonly pm_id: number;
	readonly name: string;
	readonly pid: number;
	readonly pm2_env: {
		readonly status: string;
		readonly restart_time: number;
		readonly pm_uptime: number;
		readonly namespace: string;
		readonly pm_cwd: string;
		readonly pm_exec_path: string;
	};
}

function toProcess({ pm_id, name, pid, pm2_env }: RawProcess): Pm2Process {
	return {
		id: pm_id,
		name,
		pid,
		status: pm2_env.status,
		restarts: pm2_env.restart_time,
		since: pm2_env.pm_uptime,
		namespace: pm2_env.namespace,
		cwd: pm2_env.pm_cwd,
		script: pm2_env.pm_exec_path,
	};
}

/** A factory, and the real PM2 with a home of its own, driven as a person drives it. It is ended with the test. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { onTestFinished } from "vitest";
import { aFactory, type Factory, root } from "./factory.ts";

interface Listed {
	readonly name: string;
	readonly pid: number;
	readonly status: string;
	readonly restarts: number;
}

export async function aPm2(extra: Readonly<Record<string, string>> = {}) {
	const factory: Factory = aFactory();
	const home = join(factory.dir, "pm2");
	mkdirSync(home);
	const env = { PATH: process.env["PATH"], HOME: factory.dir, PM2_HOME: home, ...factory.places, ...extra };
	const run = (script: string, args: readonly string[], other: Readonly<Record<string, string>> = {}) =>
		execa(process.execPath, [join(root, script), ...args], {
			env: { ...env, ...other },
			extendEnv: false,
			stdin: "ignore",
			reject: false,
			timeout: 60_000,
		});
	const pm2 = (...args: readonly string[]) => run("node_modules/pm2/bin/pm2", args);
	onTestFinished(async () => {
		await pm2("kill");
	});
	return {
		factory,
		home,
		pm2,
		shopfloor: (...args: readonly string[]) => run("apps/cli/bin/shopfloor.mjs", args),
		/** The same with other variables. */
		as: (other: Readonly<Record<string, string>>, ...args: readonly string[]) =>
			run("apps/cli/bin/shopfloor.mjs", args, other),
		async list(): Promise<Listed[]> {
			const line = (await pm2("jlist")).stdout.split("\n").findLast((text) => text.startsWith("["));
			const raw = JSON.parse(line ?? "[]") as {
				name: string;
				pid: number;
				pm2_env: { status: string; restart_time: number };
			}[];
			return raw.map(({ name, pid, pm2_env }) => ({
				name,
				pid,
				status: pm2_env.status,
				restarts: pm2_env.restart_time,
			}));
		},
	};
}

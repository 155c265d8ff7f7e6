/**
 * What `npm start` does. Where something is configured it is `up`; else a newcomer sees the factory work, on a copy of the
 * sample, without a key: until it has shown what it does, or for some minutes. It keeps running afterwards.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadConfig, openFloor, type Places } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { up } from "../factory/up.ts";
import { exitCodes, misuse } from "../failure.ts";
import { watchDemo } from "./live.ts";
import { makeDemo } from "./make-demo.ts";
import { demoPm2Home, inDemo } from "./places.ts";

export async function start(context: Context, options: { readonly for: string }): Promise<void> {
	const minutes = Number(options.for);
	if (!(minutes > 0 && minutes <= 600)) throw misuse(`--for ${options.for} is no number of minutes between 0 and 600`);
	const { places, environment } = context;
	const isConfigured = existsSync(places.config) || isNamed(environment);
	if (isConfigured && !inDemo(places)) return await real(context);
	const demo = await makeDemo(places.root);
	const home = { ...environment, PM2_HOME: demoPm2Home(demo) };
	context.say(`Nothing is configured yet: a first run, in ${dirname(demo.config)}, with nothing of yours in it.`);
	const { allOnline, lines } = await up(demo, home, (line) => context.say(line));
	if (!allOnline) {
		for (const line of lines) context.say(line);
		return context.endWith(exitCodes.notReady);
	}
	await watch(context, demo, minutes * 60_000);
}

function isNamed(environment: NodeJS.ProcessEnv): boolean {
	return environment["SHOPFLOOR_CONFIG"] !== undefined || environment["SHOPFLOOR_STATE"] !== undefined;
}

async function real(context: Context): Promise<void> {
	const { lines, allOnline } = await up(context.places, context.environment, (line) => context.say(line));
	for (const line of lines) context.say(line);
	if (!allOnline) context.endWith(exitCodes.notReady);
}

async function watch(context: Context, demo: Places, forMs: number): Promise<void> {
	const floor = openFloor({ stateDir: demo.state, clock: context.clock, use: "look" });
	try {
		const { sessions } = loadConfig(demo.config);
		await watchDemo(context, floor, {
			sessions: Array.from({ length: sessions }, (_, index) => `ralph-${index + 1}`),
			project: join(dirname(demo.config), "project"),
			forMs,
		});
	} finally {
		await floor.close();
	}
}

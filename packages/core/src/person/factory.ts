/** Looks at the whole factory. Nothing here changes anything. */
import { existsSync } from "node:fs";
import { type Clock, currentState, type FileFloor, instant, logExtent, readConfig } from "../io/index.ts";
import type { FactoryConfig } from "../model/config.ts";
import type { FactoryState } from "../model/factory-state.ts";
import { takenSeats } from "./seats.ts";
import { configuredSessions, landedBySession, type SessionSight, sessionSights } from "./session/sessions.ts";
import { type ConfigSight, configSightOf } from "./status/config-sight.ts";
import type { Snapshot } from "./status/status.ts";

/** `state` is the fold of the log so far; the rest is looked up now. `configPath`: of the configuration's file. */
export async function observe(
	floor: FileFloor,
	state: FactoryState,
	configPath: string,
	clock: Clock,
): Promise<Snapshot> {
	return {
		at: instant(clock.now()),
		state,
		seats: await takenSeats(floor),
		log: logExtent(floor),
		config: configSight(configPath),
	};
}

function configSight(path: string): ConfigSight {
	return configSightOf(path, readConfig(path), existsSync(path));
}

/** Undefined where it has faults. */
export function configIn(path: string): FactoryConfig | undefined {
	const found = readConfig(path);
	return "config" in found ? found.config : undefined;
}

export async function readSessions(
	floor: Pick<FileFloor, "log" | "tasks" | "leases" | "records">,
	configPath: string,
	clock: Clock,
): Promise<SessionSight[]> {
	return sessionSights({
		state: await currentState(floor),
		seats: await takenSeats(floor),
		tasks: (await floor.tasks.read()).value.tasks,
		configured: configuredSessions(configIn(configPath)),
		landed: landedBySession(await floor.log.last(landingsMax, { type: ["change_landed"] })),
		heartbeatMs: configSight(configPath).heartbeatMs,
		nowMs: clock.now(),
	});
}

/** More than a factory lands in a year of its life; older ones are not counted. */
const landingsMax = 20_000;

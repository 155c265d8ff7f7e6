/** Looks at the floor. Nothing here changes anything. */

import { existsSync } from "node:fs";
import { type FactoryState, parseDuration, unconfigured } from "@shopfloor/core";
import { type FileFloor, logExtent, readConfig } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { ecosystem } from "../factory/ecosystem.ts";
import { takenSeats } from "../seats.ts";
import type { ConfigSight, Snapshot } from "./status.ts";

/** `state` is the fold of the log so far; the rest is looked up now. */
export async function observe(context: Context, floor: FileFloor, state: FactoryState): Promise<Snapshot> {
	return {
		nowMs: context.clock.now(),
		state,
		seats: await takenSeats(floor),
		log: logExtent(floor),
		config: configSight(context),
	};
}

function configSight({ places, environment }: Context): ConfigSight {
	const found = readConfig(places.config);
	const config = "config" in found ? found.config : unconfigured();
	return {
		path: places.config,
		kind: "faults" in found ? "faulty" : existsSync(places.config) ? "set" : "absent",
		faults: "faults" in found ? found.faults.length : 0,
		expected: "config" in found ? ecosystem(config, places, environment).map(({ name }) => name) : undefined,
		heartbeatMs: parseDuration(config.heartbeat) as number,
		memoryShareMax: config.health.memoryShare,
		diskFreeMinBytes: config.health.diskFree * 2 ** 30,
	};
}

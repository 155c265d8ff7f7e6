/** Looks at the floor. Nothing here changes anything. */
import type { FactoryState } from "@shopfloor/core";
import { type FileFloor, logExtent } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { takenSeats } from "../seats.ts";
import { configSight } from "./config-sight.ts";
import { inPm2Of } from "./in-pm2.ts";
import type { Snapshot } from "./status.ts";

/** `state` is the fold of the log so far; the rest is looked up now. */
export async function observe(context: Context, floor: FileFloor, state: FactoryState): Promise<Snapshot> {
	return {
		nowMs: context.clock.now(),
		state,
		seats: await takenSeats(floor),
		log: logExtent(floor),
		config: configSight(context),
		inPm2: await inPm2Of(context, floor),
	};
}

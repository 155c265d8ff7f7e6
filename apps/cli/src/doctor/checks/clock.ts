import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { showDuration, toMs } from "@shopfloor/core";
import { withFloor } from "../../with-floor.ts";
import { check, pass, warn } from "../check.ts";

export interface ClockSight {
	readonly nowMs: number;
	/** When this program was built. */
	readonly builtMs: number;
	/** Of the newest entry; NaN while there is none. */
	readonly lastEntryMs: number;
}

export const clock = check<ClockSight>({
	name: "clock",
	look: (context) =>
		withFloor(context, async ({ log }) => {
			const [newest] = await log.last(1);
			return {
				nowMs: context.clock.now(),
				builtMs: statSync(fileURLToPath(import.meta.url)).mtimeMs,
				lastEntryMs: toMs(newest?.ts ?? ""),
			};
		}),
	judge({ nowMs, builtMs, lastEntryMs }) {
		const fix = "set the clock, or let the network do it: timedatectl set-ntp true";
		if (lastEntryMs - nowMs > toleranceMs)
			return warn(`${showDuration(lastEntryMs - nowMs)} behind the newest entry of the log`, fix);
		if (builtMs - nowMs > toleranceMs)
			return warn(`${showDuration(builtMs - nowMs)} behind the time at which this was built`, fix);
		return pass("later than everything that was written here");
	},
});

/** Two clocks of one machine, and a person reading them. */
const toleranceMs = 60_000;

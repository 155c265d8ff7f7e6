/** The scheduler: looks after the machine and the floor, and is the only one that hands out work. */
import { runProcess } from "@shopfloor/core/io";
import { turnEvery } from "./decide.ts";
import { tick } from "./tick.ts";

await runProcess({
	name: "scheduler",
	every: (config) => turnEvery(config.every.scheduler),
	wakes: (entry) => entry.type === "trigger" && entry.data.what === "health",
	tick,
});

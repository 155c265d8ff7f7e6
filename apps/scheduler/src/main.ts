/** The scheduler: looks after the machine and the floor, and is the only one that hands out work. */
import { runProcess } from "@shopfloor/core/io";
import { collectDaily } from "./collecting/collect-daily.ts";
import { turnEvery } from "./decide.ts";
import { concernsTasks } from "./tasks/said.ts";
import { schedulerTick } from "./tick.ts";

await runProcess({
	name: "scheduler",
	every: (config) => turnEvery(config.every.scheduler),
	wakes: (entry) =>
		concernsTasks(entry) || entry.type === "resumed" || (entry.type === "trigger" && entry.data.what === "health"),
	tick: schedulerTick(),
	beside: collectDaily,
});

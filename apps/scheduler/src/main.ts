/** The scheduler: looks after the machine and the floor, and is the only one that hands out work. */
import { runProcess, tickOf } from "@shopfloor/core/io";
import { act } from "./act.ts";
import { decide, turnEvery } from "./decide.ts";
import { observe } from "./observe.ts";

await runProcess({
	name: "scheduler",
	every: (config) => turnEvery(config.every.scheduler),
	wakes: (entry) => entry.type === "trigger" && entry.data.what === "health",
	tick: tickOf({ observe, decide, act }),
});

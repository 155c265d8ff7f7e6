/** The session doctor: takes everybody's pulse, and reads the log for damage once a day. */
import { runProcess, tickOf } from "@shopfloor/core/io";
import { act } from "./act.ts";
import { decide } from "./decide.ts";
import { observe } from "./observe.ts";

await runProcess({
	name: "session-doctor",
	every: (config) => config.every.doctor,
	wakes: (entry) => entry.type === "trigger" && entry.data.what === "doctor",
	tick: tickOf({ observe, decide, act }),
});

/** The session doctor: takes everybody's pulse, and reads the log for damage once a day. */
import { runProcess } from "@shopfloor/core/io";
import { tick } from "./tick.ts";

await runProcess({
	name: "session-doctor",
	every: (config) => config.every.doctor,
	wakes: (entry) => entry.type === "trigger" && entry.data.what === "doctor",
	tick,
});

/** A coder's seat: one process, one session. The session's name is the only argument, `ralph-1`. */
import { exitCodes, runProcess, tickOf } from "@shopfloor/core/io";
import { act } from "./act.ts";
import { decide } from "./decide.ts";
import { observe } from "./observe.ts";

const name = process.argv[2] ?? "";
if (!/^ralph-[1-9]\d?$/.test(name)) {
	process.stderr.write(
		`ralph-worker needs the name of its session, ralph-1 to ralph-99; it was given ${JSON.stringify(name)}\n`,
	);
	process.exit(exitCodes.badConfig);
}

await runProcess({
	name,
	every: (config) => config.every.ralph,
	scopes: ["ralph", "coder"],
	wakes: (entry) => entry.type === "task_assigned" && entry.data.session === name,
	tick: tickOf({ observe, decide, act }),
});

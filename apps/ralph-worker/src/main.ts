/** A coder's seat: one process, one session. The session's name is the only argument, `ralph-1`. */
import { exitCodes, runProcess } from "@shopfloor/core/io";

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
	wakes: (entry) =>
		(entry.type === "task_assigned" && entry.data.session === name) ||
		(entry.type === "trigger" && entry.data.what === "cycle" && (entry.data.subject ?? name) === name),
	// With it come git, compilers and crews: a session that waits for its first turn weighs little.
	tick: async (world, turn) => await (await import("./turn.ts")).takeTurn(world, turn),
});

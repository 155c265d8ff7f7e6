/** The `shopfloor` command: wires one run to this process. */
import { systemRun } from "./context.ts";
import { exitCodes } from "./failure.ts";
import { run } from "./run.ts";

if (process.platform === "win32") {
	process.stderr.write("shopfloor does not run on Windows itself; inside WSL 2 it does.\n");
	process.exit(exitCodes.notReady);
}

// Whoever reads our answer may stop reading, as `head` does. That is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
	if (error.code === "EPIPE") process.exit(exitCodes.ok);
	throw error;
});

const argv = process.argv.slice(2);
const { context, exitCode } = systemRun(argv);
await run(argv, context);
process.exitCode = exitCode();

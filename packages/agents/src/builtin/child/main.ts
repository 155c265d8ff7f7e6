/**
 * The process that holds the compiler. It reads and answers; it writes nothing, and starts nothing. One request at a
 * time, over the channel to its parent. When the parent is gone it goes too: at once where the channel says so, and
 * within a moment where it is deep in the compiler, because a thread looks after it.
 */
import { Worker } from "node:worker_threads";
import { Languages } from "../language/languages.ts";
import { type Answer, Request } from "./protocol.ts";
import { serve } from "./serve.ts";

const parent = process.ppid;
watchParent();
const languages = new Languages();

process.on("disconnect", () => process.exit());
process.on("message", (message) => {
	try {
		say(serve(languages, Request.parse(message), (line) => say({ kind: "line", line })));
	} catch (error) {
		say({ kind: "broken", why: error instanceof Error ? (error.stack ?? error.message) : String(error) });
	}
});
say({ kind: "ready" });

function say(answer: Answer): void {
	process.send?.(answer);
}

/** A stop of everything promises ten seconds; a look costs nothing that could be measured. */
function watchParent(): void {
	const thread = `setInterval(() => { if (process.ppid !== ${parent}) process.kill(process.pid, "SIGKILL"); }, 200);`;
	new Worker(thread, { eval: true }).unref();
}

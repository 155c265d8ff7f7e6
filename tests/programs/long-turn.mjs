/**
 * long-turn [deaf|crashing]: a process of the factory in ralph-1's seat, whose turn waits for a child as it would for an
 * agent. It ends the child when it is told to let go; a deaf one hears it and goes on. A crashing one has a fault that
 * SIGUSR2 brings out.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { runProcess } from "@shopfloor/core/io";

const [, , kind] = process.argv;
const isDeaf = kind === "deaf";
const isCrashing = kind === "crashing";
if (isCrashing) process.on("SIGUSR2", () => void Promise.reject(new Error("a fault")));

await runProcess({
	name: "ralph-1",
	every: () => "1h",
	scopes: ["ralph"],
	async tick(_world, { signal, doing }) {
		// It ends with its input, so that it does not outlive a test in which this process is killed; not in the one that asks
		// whether it is ended.
		const waits = isCrashing ? "setTimeout(() => {}, 60_000)" : "process.stdin.resume()";
		const child = spawn(process.execPath, ["-e", waits], { stdio: ["pipe", "ignore", "ignore"] });
		const ended = once(child, "exit");
		signal.addEventListener("abort", () => (isDeaf ? doing("hearing nothing") : child.kill("SIGKILL")));
		await doing(`waiting for ${child.pid}`);
		await ended;
		signal.throwIfAborted();
	},
});

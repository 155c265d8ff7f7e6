/** Does what PM2 does: whoever ends is started again. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { processIds } from "../../../packages/core/dist/io/index.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export function keepRunning({ env }, names) {
	let ending = false;
	let kills = 0;
	const running = new Map();
	for (const name of names) start(name);
	return {
		kills: () => kills,
		killOne(random) {
			const child = [...running.values()][Math.floor(random() * running.size)];
			child?.kill("SIGKILL");
			kills++;
		},
		async end() {
			ending = true;
			const all = [...running.values()];
			for (const child of all) child.kill("SIGTERM");
			await Promise.all(all.map(({ ended }) => ended));
		},
	};

	function start(name) {
		const app = name.startsWith("ralph") ? "ralph-worker" : name;
		const child = spawn(process.execPath, [`${root}/apps/${app}/dist/main.js`, name], {
			env,
			// With a channel, by whose end they hear of ours.
			stdio: ["ignore", "ignore", "inherit", "ipc"],
		});
		running.set(name, child);
		child.ended = new Promise((resolve) =>
			child.once("exit", () => {
				resolve();
				if (!ending) start(name);
			}),
		);
	}
}

/** The windows that a scheduler opens outlive it, for whoever looks. */
export function endTerminals({ stateDir }) {
	for (const pid of processIds()) {
		try {
			if (readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`${stateDir}/terminals/`)) process.kill(pid);
		} catch {
			// It ended meanwhile.
		}
	}
}

/** Does what PM2 does: whoever ends is started again. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export function keepRunning({ dir, config, stateDir }, names) {
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
			env: { PATH: process.env.PATH, HOME: dir, SHOPFLOOR_CONFIG: config, SHOPFLOOR_STATE: stateDir },
			stdio: ["ignore", "ignore", "inherit"],
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

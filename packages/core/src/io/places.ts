/** Where a factory lives. The environment may move its two places and nothing else. */
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export interface Places {
	/** The folder of the installation: where package.json, apps and prompts are. */
	readonly root: string;
	readonly config: string;
	readonly state: string;
}

/** From the two variables, the only ones, that a process of the factory reads. */
export function findPlaces(environment: NodeJS.ProcessEnv = process.env): Places {
	const root = installation();
	return {
		root,
		config: resolve(root, environment["SHOPFLOOR_CONFIG"] ?? "shopfloor.config.json"),
		state: resolve(root, environment["SHOPFLOOR_STATE"] ?? "state"),
	};
}

/** Up from this file to the folder that holds the workspace. */
function installation(): string {
	let folder = dirname(fileURLToPath(import.meta.url));
	while (!existsSync(join(folder, "pnpm-workspace.yaml"))) {
		const above = dirname(folder);
		if (above === folder) return process.cwd();
		folder = above;
	}
	return folder;
}

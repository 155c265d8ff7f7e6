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

/**
 * From the two variables, the only ones, that a process of the factory reads. Where nothing is named or configured, and
 * there is the factory of a first run, that one is meant.
 */
export function findPlaces(environment: NodeJS.ProcessEnv = process.env): Places {
	const root = installation();
	const { SHOPFLOOR_CONFIG: config, SHOPFLOOR_STATE: state } = environment;
	const places = {
		root,
		config: resolve(root, config ?? "shopfloor.config.json"),
		state: resolve(root, state ?? "state"),
	};
	const demo = demoPlaces(root);
	const isNamed = config !== undefined || state !== undefined;
	return isNamed || existsSync(places.config) || !existsSync(demo.config) ? places : demo;
}

/** Of the factory that a first run makes, to be thrown away. */
export function demoPlaces(root: string): Places {
	const dir = join(root, "demo");
	return { root, config: join(dir, "shopfloor.config.json"), state: join(dir, "state") };
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

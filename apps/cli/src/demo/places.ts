/** Where the factory of a first run lies: all of it in one folder that may be removed, with a PM2 of its own. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { demoPlaces, type Places } from "@shopfloor/core/io";

export function inDemo({ root, config }: Places): boolean {
	return config === demoPlaces(root).config && existsSync(config);
}

export function demoPm2Home({ config }: Places): string {
	return join(dirname(config), "pm2");
}

/** Said after it was taken down. */
export function afterDemo(places: Places): string[] {
	return inDemo(places) ? [`It was the first run's; remove all of it: rm -r ${dirname(places.config)}`] : [];
}

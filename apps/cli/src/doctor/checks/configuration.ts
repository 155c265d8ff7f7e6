import { existsSync } from "node:fs";
import type { ConfigFault } from "@shopfloor/core";
import { readConfig } from "@shopfloor/core/io";
import { invocation } from "../../examples.ts";
import { check, fail, pass, warn } from "../check.ts";

export interface ConfigurationSight {
	readonly path: string;
	readonly exists: boolean;
	readonly faults: readonly ConfigFault[];
}

export const configuration = check<ConfigurationSight>({
	name: "configuration",
	look({ places }) {
		const found = readConfig(places.config);
		const faults = "faults" in found ? found.faults : [];
		return { path: places.config, exists: existsSync(places.config), faults };
	},
	judge({ path, exists, faults }) {
		if (faults.length > 0)
			return fail(`${path} has ${count(faults.length)}; nothing starts with it`, `${invocation} config check`);
		if (!exists) return warn("none yet: there is no repository to work on", `${invocation} init`);
		return pass(path);
	},
});

function count(faults: number): string {
	return faults === 1 ? "a fault" : `${faults} faults`;
}

/** The configuration as it takes effect: every default filled in, every place named, no secret shown. */
import { existsSync, readFileSync } from "node:fs";
import { readConfig, ShopfloorError, showFaults } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { jsonText } from "../json.ts";
import { openSecrets } from "../secret/store.ts";
import type { ConfigOptions } from "./options.ts";
import { configLines } from "./view.ts";

export function showConfig(context: Context, options: ConfigOptions): void {
	const { places } = context;
	const found = readConfig(places.config);
	if ("faults" in found) throw new ShopfloorError("bad-config", showFaults(places.config, found.faults));
	const secrets = openSecrets(context)
		.list()
		.map(({ name }) => name);
	const exists = existsSync(places.config);
	const { config } = found;
	context.say(options.json ? jsonText({ places, exists, config, secrets }) : lines().join("\n"));

	function lines(): string[] {
		const written: unknown = exists ? JSON.parse(readFileSync(places.config, "utf8")) : {};
		return configLines({ places, exists, config, written, secrets }, context.paint);
	}
}

import { existsSync } from "node:fs";
import { plainText } from "@shopfloor/core";
import { readConfig, showFaults } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { exitCodes } from "../failure.ts";
import { jsonText } from "../json.ts";
import { configAbsent, configGood } from "./messages.ts";
import type { ConfigOptions } from "./options.ts";

/** Exits with 2 for faults, with 3 where there is nothing to check. */
export function checkConfig(context: Context, options: ConfigOptions): void {
	const path = context.places.config;
	const found = readConfig(path);
	const exists = existsSync(path);
	if ("faults" in found) context.endWith(exitCodes.usage);
	else if (!exists) context.endWith(exitCodes.notReady);
	context.say(options.json ? jsonText(report()) : words());

	function report() {
		const faults = "faults" in found ? found.faults : [];
		return { ok: exists && faults.length === 0, path, exists, faults };
	}

	function words(): string {
		if ("faults" in found) return plainText(showFaults(path, found.faults));
		return exists ? configGood(path, found.config) : configAbsent(path);
	}
}

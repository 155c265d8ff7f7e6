/** What the status needs to know of the configuration, which may be missing or faulty without hiding the rest. */
import { existsSync } from "node:fs";
import { parseDuration, processNames, unconfigured } from "@shopfloor/core";
import { readConfig } from "@shopfloor/core/io";
import type { Context } from "../context.ts";

export interface ConfigSight {
	readonly path: string;
	readonly kind: "set" | "absent" | "faulty";
	readonly faults: number;
	/** Names of the processes that should run; undefined when the configuration does not tell. */
	readonly expected: readonly string[] | undefined;
	/** As far as the configuration tells; a faulty one runs nothing. */
	readonly isSandboxOff: boolean;
	readonly heartbeatMs: number;
	readonly memoryShareMax: number;
	readonly diskFreeMinBytes: number;
}

export function configSight({ places }: Pick<Context, "places">): ConfigSight {
	const found = readConfig(places.config);
	const config = "config" in found ? found.config : unconfigured();
	return {
		path: places.config,
		kind: "faults" in found ? "faulty" : existsSync(places.config) ? "set" : "absent",
		faults: "faults" in found ? found.faults.length : 0,
		expected: "config" in found ? processNames(config) : undefined,
		isSandboxOff: config.sandbox === "off",
		heartbeatMs: parseDuration(config.heartbeat) as number,
		memoryShareMax: config.health.memoryShare,
		diskFreeMinBytes: config.health.diskFree * 2 ** 30,
	};
}

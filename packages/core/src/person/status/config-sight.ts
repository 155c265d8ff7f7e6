/** What the status needs to know of the configuration, which may be missing or faulty without hiding the rest. */
import { type FactoryConfig, unconfigured } from "../../model/config.ts";
import { parseDuration } from "../../model/duration.ts";
import { processNames } from "../../model/process-names.ts";

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

/** As the file was read; `exists`: whether there is one. */
export type ReadConfig = { readonly config: FactoryConfig } | { readonly faults: readonly unknown[] };

export function configSightOf(path: string, found: ReadConfig, exists: boolean): ConfigSight {
	const config = "config" in found ? found.config : unconfigured();
	return {
		path,
		kind: "faults" in found ? "faulty" : exists ? "set" : "absent",
		faults: "faults" in found ? found.faults.length : 0,
		expected: "config" in found ? processNames(config) : undefined,
		isSandboxOff: config.sandbox === "off",
		heartbeatMs: parseDuration(config.heartbeat) as number,
		memoryShareMax: config.health.memoryShare,
		diskFreeMinBytes: config.health.diskFree * 2 ** 30,
	};
}

/** The configuration file: read once, every fault reported together, the result frozen. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type ConfigFault, type FactoryConfig, parseConfig, unconfigured } from "../model/config.ts";
import { scheduleFault } from "./schedule.ts";
import { diskError, errnoOf, isShopfloorError, ShopfloorError } from "./shopfloor-error.ts";

/** Without a file the factory is unconfigured and the floor still runs; with a faulty one nothing starts. */
export function loadConfig(path: string): FactoryConfig {
	const found = readConfig(path);
	if ("faults" in found) throw new ShopfloorError("bad-config", showFaults(path, found.faults));
	return found.config;
}

/** Throws only what is no fault of the file: a disk that does not let it be read. */
export function readConfig(
	path: string,
): { readonly config: FactoryConfig } | { readonly faults: readonly ConfigFault[] } {
	let text: string;
	try {
		text = readFileSync(path, "utf8");
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return { config: frozen(unconfigured()) };
		const fault = diskError(error, `reading ${path}`);
		if (isShopfloorError(fault)) throw fault;
		return {
			faults: [
				{ path: "", found: (error as Error).message, expected: "a readable file", fix: "check its permissions" },
			],
		};
	}
	const json = parseJson(text);
	if ("fault" in json) return { faults: [json.fault] };
	const parsed = parseConfig(json.value);
	const shape = parsed.kind === "faults" ? parsed.faults : [];
	const known = new Set(shape.map((fault) => fault.path));
	// What has the right shape is asked for its meaning, even beside something that has not: all faults at once.
	const meaning = [...schedulesIn(json.value), ...repositoryIn(json.value, dirname(path))].filter(
		(fault) => !known.has(fault.path),
	);
	if (parsed.kind === "faults" || meaning.length > 0) return { faults: [...shape, ...meaning] };
	return { config: frozen(resolved(parsed.config, dirname(path))) };
}

export function showFaults(path: string, faults: readonly ConfigFault[]): string {
	const lines = faults.map(
		(fault) =>
			`  ${fault.path === "" ? "the file" : fault.path}: found ${fault.found}; expected ${fault.expected}. To mend it: ${fault.fix}.`,
	);
	return [`${path} has ${faults.length === 1 ? "a fault" : `${faults.length} faults`}:`, ...lines].join("\n");
}

function parseJson(text: string): { readonly value: unknown } | { readonly fault: ConfigFault } {
	try {
		return { value: JSON.parse(text) };
	} catch (error) {
		return {
			fault: {
				path: "",
				found: (error as Error).message,
				expected: "JSON without comments or trailing commas",
				fix: "mend the syntax there",
			},
		};
	}
}

/** Paths mean what they say beside the file they stand in. */
function resolved(config: FactoryConfig, folder: string): FactoryConfig {
	const { repository } = config;
	if (repository === null) return config;
	return {
		...config,
		repository: { ...repository, path: isUrl(repository.path) ? repository.path : resolve(folder, repository.path) },
	};
}

function schedulesIn(value: unknown): ConfigFault[] {
	return Object.entries(objectAt(value, "every")).flatMap(([name, schedule]) => {
		const fault = typeof schedule === "string" ? scheduleFault(schedule) : undefined;
		if (fault === undefined) return [];
		const found = JSON.stringify(schedule);
		const fix = 'write "5m", or a cron line such as "0 */2 * * *"';
		return [{ path: `every.${name}`, found, expected: `a schedule (${fault})`, fix }];
	});
}

function repositoryIn(value: unknown, folder: string): ConfigFault[] {
	const { path } = objectAt(value, "repository");
	if (typeof path !== "string" || isUrl(path) || existsSync(resolve(folder, path))) return [];
	return [
		{
			path: "repository.path",
			found: `${JSON.stringify(path)}, which does not exist`,
			expected: "the folder or the URL of a git repository",
			fix: "correct the path; it is taken relative to the configuration file",
		},
	];
}

function objectAt(value: unknown, key: string): Readonly<Record<string, unknown>> {
	const inner = (value as Readonly<Record<string, unknown>> | null)?.[key];
	return typeof inner === "object" && inner !== null ? (inner as Readonly<Record<string, unknown>>) : {};
}

function isUrl(path: string): boolean {
	return /^[a-z+]+:\/\/|^[\w.-]+@[\w.-]+:/.test(path);
}

function frozen<T>(value: T): T {
	if (typeof value === "object" && value !== null)
		for (const inner of Object.values(Object.freeze(value))) frozen(inner);
	return value;
}

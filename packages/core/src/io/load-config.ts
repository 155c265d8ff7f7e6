/** The configuration file: read once, every fault reported together, the result frozen. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type ConfigFault, type FactoryConfig, parseConfig, unconfigured } from "../model/config.ts";
import { scheduleFault } from "./schedule.ts";
import { errnoOf, ShopfloorError } from "./shopfloor-error.ts";

/** Without a file the factory is unconfigured and the floor still runs; with a faulty one nothing starts. */
export function loadConfig(path: string): FactoryConfig {
	const found = readConfig(path);
	if ("faults" in found) throw new ShopfloorError("bad-config", showFaults(path, found.faults));
	return found.config;
}

export function readConfig(
	path: string,
): { readonly config: FactoryConfig } | { readonly faults: readonly ConfigFault[] } {
	let text: string;
	try {
		text = readFileSync(path, "utf8");
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return { config: frozen(unconfigured()) };
		return {
			faults: [
				{ path: "", found: (error as Error).message, expected: "a readable file", fix: "check its permissions" },
			],
		};
	}
	const json = parseJson(text);
	if ("fault" in json) return { faults: [json.fault] };
	const parsed = parseConfig(json.value);
	if (parsed.kind === "faults") return { faults: parsed.faults };
	const config = resolved(parsed.config, dirname(path));
	const faults = [...schedulesOf(config), ...repositoryOf(config)];
	return faults.length > 0 ? { faults } : { config: frozen(config) };
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

function schedulesOf(config: FactoryConfig): ConfigFault[] {
	return Object.entries(config.every).flatMap(([name, schedule]) => {
		const fault = scheduleFault(schedule);
		return fault === undefined
			? []
			: [
					{
						path: `every.${name}`,
						found: JSON.stringify(schedule),
						expected: `a schedule (${fault})`,
						fix: 'write "5m", or a cron line such as "0 */2 * * *"',
					},
				];
	});
}

function repositoryOf({ repository }: FactoryConfig): ConfigFault[] {
	if (repository === null || isUrl(repository.path) || existsSync(repository.path)) return [];
	return [
		{
			path: "repository.path",
			found: `${JSON.stringify(repository.path)}, which does not exist`,
			expected: "the folder or the URL of a git repository",
			fix: "correct the path; it is taken relative to the configuration file",
		},
	];
}

function isUrl(path: string): boolean {
	return /^[a-z+]+:\/\/|^[\w.-]+@[\w.-]+:/.test(path);
}

function frozen<T>(value: T): T {
	if (typeof value === "object" && value !== null)
		for (const inner of Object.values(Object.freeze(value))) frozen(inner);
	return value;
}

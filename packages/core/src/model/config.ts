/**
 * What a person configures: shape here, with every default; meaning (does the repository exist) where the world is.
 * Keys are added together with the code that reads them, so that no key is without effect.
 */
import { z } from "zod";
import { Agents, builtinAgent, Roles, unknownServers } from "./agents.ts";
import { Budget } from "./budget.ts";
import { closest } from "./closest.ts";
import { parseDuration } from "./duration.ts";
import { Gateway, isLoopback } from "./gateway-config.ts";

const Duration = z
	.string()
	.refine((text) => (parseDuration(text) ?? 0) > 0, "a duration such as 90s, 5m, 2h or 1h30m")
	.meta({ examples: ["90s", "5m", "2h", "1h30m"] });

/** A duration, or a cron line of five fields (UTC). */
const Schedule = z
	.string()
	.refine(
		(text) => (parseDuration(text) ?? 0) >= 1_000 || isCronLike(text),
		"a duration of at least 1s (5m, 2h), or a cron line of five fields (UTC)",
	)
	.meta({ examples: ["5m", "2h", "0 */2 * * *"] });

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day such as 22:30");

/** `auto` lands what is good and reviewed, `ask` asks a person about each, `ask-on-finding` where anything was found. */
const Policy = z.enum(["auto", "ask-on-finding", "ask"]);

const Config = z.strictObject({
	$schema: z.string().optional().describe("Path of this schema, for completion in editors."),
	repository: z
		.strictObject({
			path: z.string().min(1).describe("The repository to work on; relative to this file."),
			base: z.string().min(1).default("main").describe("The branch on which changes land."),
			context: z
				.array(z.string().min(1).max(500))
				.max(10)
				.default(["AGENTS.md", "CLAUDE.md"])
				.describe("Files of the repository that every agent is told about; those that are there."),
		})
		.describe("What the crew works on. The one key without a default."),
	sessions: z.int().min(0).max(64).default(2).describe("How many coders work at the same time: ralph-1, ralph-2, …"),
	every: z
		.strictObject({
			scheduler: Schedule.default("5m").describe(
				"Health and assignment. What is there is compared with what should be every minute.",
			),
			ralph: Schedule.default("15m").describe("A coder's cycle, when no task wakes it earlier."),
			reviewer: Schedule.default("2h").describe("Review and landing of what was pushed."),
			doctor: Schedule.default("5m").describe("The pulse of every process."),
			moltbot: Schedule.default("6h").describe("The bot's look at what it did not understand."),
		})
		.prefault({})
		.describe("How often each process does its turn without being asked."),
	heartbeat: Duration.default("5m").describe("How often a process that has nothing to do says that it lives."),
	restarts: z
		.strictObject({
			crashes: z.int().min(1).max(20).default(5).describe("So many crashes within the window park a process."),
			window: Duration.default("1h"),
		})
		.prefault({})
		.describe("When a crashing process is parked, to wait for a person."),
	health: z
		.strictObject({
			memoryShare: z
				.number()
				.gt(0)
				.max(1)
				.default(0.85)
				.describe("Above this share of memory in use the log warns, and no task is handed out."),
			memoryStop: z
				.number()
				.gt(0)
				.max(1)
				.default(0.95)
				.describe("Above this share the youngest agent is stopped, and its task goes back."),
			diskFree: z.number().min(0).default(1).describe("Below so many free GiB the log warns."),
		})
		.prefault({})
		.describe("When the machine is called tight."),
	active: z
		.strictObject({
			least: z.int().min(0).max(64).default(1).describe("Of the sessions, at least so many are given tasks."),
			quiet: z
				.strictObject({ from: TimeOfDay, to: TimeOfDay })
				.optional()
				.describe("Every day between these times (of this machine's zone) no task is handed out."),
		})
		.prefault({})
		.describe("How many sessions are given tasks, between `least` and `sessions`: fewer while much is discarded."),
	review: z
		.strictObject({
			policy: Policy.default("ask-on-finding"),
			paths: z
				.array(z.strictObject({ match: z.array(z.string().min(1).max(500)).min(1).max(50), policy: Policy }))
				.max(50)
				.default([])
				.describe("Another policy for changes that touch files by these patterns; the strictest that fits counts."),
			refuteLines: z
				.int()
				.min(0)
				.default(150)
				.describe("A change of more lines gets a second reviewer, who looks for reasons against it."),
			expires: Duration.default("24h").describe("How long a question waits for a person; then the change is parked."),
		})
		.prefault({})
		.describe("When a reviewed change lands by itself, and when a person is asked."),
	agents: Agents,
	roles: Roles,
	budget: Budget,
	gateway: Gateway,
	bot: z
		.strictObject({
			quiet: z
				.strictObject({ from: TimeOfDay, to: TimeOfDay })
				.optional()
				.describe(
					"Every day between these times (of this machine's zone) nothing is sent by itself but errors, and those without a sound.",
				),
			digest: Duration.default("1h").describe(
				"What landed, and what was sent back, is told together, this often at most.",
			),
			api: z
				.url({ protocol: /^https?$/ })
				.default("https://api.telegram.org")
				.describe("Where the Bot API is, for whoever runs a server of it. Without TLS only on this machine."),
		})
		.optional()
		.describe(
			"The way in over Telegram; without this key there is none. npx shopfloor telegram setup asks for the token.",
		),
	sandbox: z
		.enum(["auto", "bubblewrap", "unshare", "off"])
		.default("auto")
		.describe(
			"What shuts agents and checks in: bubblewrap, or unshare(1) where that is missing; auto takes the first that works, and where none does nothing is run. off runs them with your own rights.",
		),
});
type Config = z.infer<typeof Config>;

/** A factory that nobody configured: the floor runs, and there is nothing to work on. */
export type FactoryConfig = Omit<Config, "repository" | "$schema"> & {
	readonly repository: Config["repository"] | null;
};

export interface ConfigFault {
	/** `every.scheduler`; empty for the whole file. */
	readonly path: string;
	readonly found: string;
	readonly expected: string;
	readonly fix: string;
}

export type Parsed =
	| { readonly kind: "config"; readonly config: FactoryConfig }
	| { readonly kind: "faults"; readonly faults: readonly ConfigFault[] };

/** All faults at once: who repairs one should not have to come back for the next. */
export function parseConfig(value: unknown): Parsed {
	const result = Config.safeParse(value);
	if (result.success) {
		const { $schema: _editor, ...config } = result.data;
		const faults = [...faultsOfAgents(config), ...faultsOfGateway(config), ...faultsOfBot(config)];
		return faults.length > 0 ? { kind: "faults", faults } : { kind: "config", config };
	}
	return { kind: "faults", faults: result.error.issues.flatMap((issue) => faultsOf(issue, value)) };
}

/** What only both keys together show. */
function faultsOfAgents({ agents, roles }: Pick<Config, "agents" | "roles">): ConfigFault[] {
	const known = [builtinAgent, ...Object.keys(agents)];
	const unknown = unknownServers(roles, agents).map(({ path, name }) => {
		const meant = closest(name, known);
		const fix = meant === undefined ? `describe it under agents.${name}` : `did you mean "${meant}"?`;
		return { path, found: JSON.stringify(name), expected: `one of ${known.join(", ")}`, fix };
	});
	if (!Object.hasOwn(agents, builtinAgent)) return unknown;
	const expected = `another name: ${builtinAgent} is always there`;
	return [...unknown, { path: `agents.${builtinAgent}`, found: "an agent of that name", expected, fix: "rename it" }];
}

/** Open to others only by name, never by an address that was meant for something else. */
function faultsOfGateway({ gateway: { host, public: isPublic } }: Pick<Config, "gateway">): ConfigFault[] {
	if (isPublic || isLoopback(host)) return [];
	const fix = 'put a reverse proxy on this machine in front of it (docs/security.md), or add "public": true';
	return [
		{
			path: "gateway.host",
			found: JSON.stringify(host),
			expected: "an address of this machine alone, such as 127.0.0.1",
			fix,
		},
	];
}

/** The token is part of every request's address. */
function faultsOfBot({ bot }: Pick<Config, "bot">): ConfigFault[] {
	if (bot === undefined || bot.api.startsWith("https:") || isLoopback(new URL(bot.api).hostname)) return [];
	const expected = "an address with https, or one of this machine";
	return [{ path: "bot.api", found: JSON.stringify(bot.api), expected, fix: 'write it as "https://…"' }];
}

export function unconfigured(): FactoryConfig {
	const { $schema: _editor, ...config } = Config.parse({ repository: { path: "." } });
	return { ...config, repository: null };
}

/** For editors. */
export function configJsonSchema(): unknown {
	return { ...z.toJSONSchema(Config, { io: "input" }), title: "shopfloor.config.json" };
}

function faultsOf(issue: z.core.$ZodIssue, value: unknown): ConfigFault[] {
	const path = issue.path.map(String).join(".");
	if (issue.code === "unrecognized_keys")
		return issue.keys.map((key) => {
			const known = keysAt(issue.path);
			const meant = closest(key, known);
			return {
				path: path === "" ? key : `${path}.${key}`,
				found: "a key that nothing reads",
				expected: known.length === 0 ? "no such key" : `one of ${known.join(", ")}`,
				fix: meant === undefined ? "remove it" : `did you mean "${meant}"?`,
			};
		});
	const found = show(at(value, issue.path));
	return [{ path, found, expected: expectedOf(issue), fix: fixOf(issue, path, found) }];
}

function expectedOf(issue: z.core.$ZodIssue): string {
	if (issue.code === "invalid_type")
		return (
			{ string: "a text", number: "a number", int: "a whole number", object: "an object" }[issue.expected as string] ??
			issue.expected
		);
	if (issue.code === "too_small" && issue.origin === "string") return "a text that is not empty";
	if (issue.code === "too_small") return `${issue.inclusive ? "at least" : "more than"} ${issue.minimum}`;
	if (issue.code === "too_big") return `at most ${issue.maximum}`;
	if (issue.code === "invalid_value") return `one of ${issue.values.join(", ")}`;
	if (issue.code === "invalid_union")
		return formsOf(issue.path) ?? "one of the forms that docs/formats/config.schema.json shows";
	return issue.message;
}

/** Of a word that decides what else is expected. */
function formsOf(path: readonly PropertyKey[]): string | undefined {
	const options = definitionOf(schemaAt(path.slice(0, -1)))?.options ?? [];
	const words = options.flatMap(
		(option) =>
			definitionOf((shapeOf(option) as Record<PropertyKey, unknown> | undefined)?.[path.at(-1) ?? ""])?.values ?? [],
	);
	return words.length === 0 ? undefined : `one of ${words.join(", ")}`;
}

function fixOf(issue: z.core.$ZodIssue, path: string, found: string): string {
	if (found === "nothing")
		return path === "repository" ? 'add "repository": { "path": "../my-project" }' : `add ${path}`;
	if (path === "repository.path") return 'name the repository: "../my-project"';
	if (issue.code === "invalid_type" && issue.expected === "object") return "write it as { … }";
	return "change the value, or remove the key to get the default";
}

function keysAt(path: readonly PropertyKey[]): string[] {
	return Object.keys(shapeOf(schemaAt(path)) ?? {});
}

function schemaAt(path: readonly PropertyKey[]): unknown {
	return path.reduce<unknown>((schema, key) => {
		const { valueType } = definitionOf(schema) ?? {};
		return valueType ?? (shapeOf(schema) as Record<PropertyKey, unknown> | undefined)?.[key];
	}, Config);
}

interface Definition {
	readonly innerType?: unknown;
	/** Of a record. */
	readonly valueType?: unknown;
	/** Of a union. */
	readonly options?: readonly unknown[];
	/** Of a literal. */
	readonly values?: readonly unknown[];
}

/** Defaults wrap what they are the default of. */
function definitionOf(schema: unknown): Definition | undefined {
	const { _zod } = (schema ?? {}) as { _zod?: { def: Definition } };
	return _zod?.def.innerType === undefined ? _zod?.def : definitionOf(_zod.def.innerType);
}

/** Of a union, the keys of all its forms. */
function shapeOf(schema: unknown): object | undefined {
	const { innerType } = (schema as { _zod?: { def: Definition } } | undefined)?._zod?.def ?? {};
	if (innerType !== undefined) return shapeOf(innerType);
	const { options } = definitionOf(schema) ?? {};
	return options === undefined
		? (schema as { shape?: object } | undefined)?.shape
		: Object.assign({}, ...options.map(shapeOf));
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
	return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key], value);
}

function show(value: unknown): string {
	if (value === undefined) return "nothing";
	const text = JSON.stringify(value);
	return text.length <= 80 ? text : `${text.slice(0, 77)}…`;
}

/** Fields only; whether the numbers make sense is asked of the library that runs it. */
function isCronLike(text: string): boolean {
	return /^[\d*,/-]+( [\dA-Za-z*,/\-#?L]+){4}$/.test(text.trim());
}

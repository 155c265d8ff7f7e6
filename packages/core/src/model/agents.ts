/** Which agents there are, and which of them serves which role: the keys `agents` and `roles` of the configuration. */
import { z } from "zod";

/** What an agent is used for. */
export const roles = ["planner", "coder", "reviewer", "tester", "scribe", "doctor", "bot"] as const;
export type Role = (typeof roles)[number];

/** Always there, needs neither key nor network, and costs nothing. */
export const builtinAgent = "builtin";

const AgentName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "lower-case letters, digits and '-', at most 40");
const Variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, "the name of a variable");
const Field = z.strictObject({ json: z.string().min(1).max(200) });

const common = {
	model: z
		.string()
		.min(1)
		.max(120)
		.optional()
		.describe("As the program calls it. Without one, the program's own choice."),
	env: z
		.record(Variable, z.string().max(4_000))
		.default({})
		.describe("What else it finds in its environment. Nothing secret: this file is no place for that."),
	secrets: z
		.record(Variable, z.string().min(1).max(64))
		.optional()
		.describe("Variables that are filled from stored secrets, by their names (shopfloor secret set)."),
	network: z.boolean().default(true).describe("Whether its sandbox has a network. Models live elsewhere, mostly."),
};

const Claude = z.strictObject({
	kind: z.literal("claude"),
	program: z.string().min(1).default("claude").describe("Claude Code, by its path or by its name on the PATH."),
	...common,
});
const Codex = z.strictObject({
	kind: z.literal("codex"),
	program: z.string().min(1).default("codex").describe("Codex, by its path or by its name on the PATH."),
	baseUrl: z.string().min(1).max(500).optional().describe("Another provider that takes the same requests."),
	...common,
});
const Command = z.strictObject({
	kind: z.literal("command"),
	command: z
		.array(z.string().min(1).max(4_000))
		.min(1)
		.max(100)
		.describe("The program and its arguments. {prompt-file}, {model} and {tree} are filled in; no shell reads it."),
	prompt: z
		.enum(["stdin", "file"])
		.default("stdin")
		.describe("By standard input, or in a file whose path stands for {prompt-file}."),
	answer: z
		.union([z.enum(["text", "last-line", "exit-code"]), Field])
		.default("text")
		.describe("Where its answer is: all it says, its last line, a field of JSON, or only whether it ends well."),
	usd: z
		.union([z.literal(0), Field])
		.optional()
		.describe(
			"0 for a model that costs nothing, or the field that tells the dollars. Otherwise a call is charged what it may cost.",
		),
	sees: z
		.array(z.string().regex(/^\//, "an absolute path").max(4_000))
		.max(20)
		.default([])
		.describe(
			"Files and folders that it can read in its sandbox, besides its tree, its home, the system and the folder of its program. Absolute paths; none of the factory's own.",
		),
	...common,
});

export const Agents = z
	.record(AgentName, z.discriminatedUnion("kind", [Claude, Codex, Command]))
	.default({})
	.describe('Agents by a name of your own. "builtin" is always there, and needs nothing.');
export type AgentConfig = z.infer<typeof Agents>[string];
export type CommandTemplate = Pick<z.infer<typeof Command>, "command" | "prompt" | "answer" | "usd">;

/** One after the other, until one does it: a free one in front of a paid one takes what it can. */
const Servers = z.union([AgentName, z.array(AgentName).min(1).max(8)]).default(builtinAgent);

export const Roles = z
	.strictObject({
		planner: Servers,
		coder: Servers,
		reviewer: Servers,
		tester: Servers,
		scribe: Servers,
		doctor: Servers,
		bot: Servers,
	} satisfies Record<Role, typeof Servers>)
	.prefault({})
	.describe("Which agent serves which role. Of several, the next one is asked when one refuses.");
export type RolesConfig = z.infer<typeof Roles>;

/** The names of the agents that serve a role, in the order in which they are asked. */
export function serversOf(config: RolesConfig, role: Role): readonly string[] {
	const servers = config[role];
	return typeof servers === "string" ? [servers] : servers;
}

/** Roles that are served by nobody: where the name stands, and the name. */
export function unknownServers(
	config: RolesConfig,
	agents: Readonly<Record<string, AgentConfig>>,
): readonly { readonly path: string; readonly name: string }[] {
	return roles.flatMap((role) =>
		serversOf(config, role)
			.filter((name) => name !== builtinAgent && !Object.hasOwn(agents, name))
			.map((name) => ({ path: `roles.${role}`, name })),
	);
}

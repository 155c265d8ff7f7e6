/** From what a person configured to an agent that can be run: its program, its key, and a room of its own. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type AgentConfig, builtinAgent } from "@shopfloor/core";
import { findProgram, type Leases, type Mount, type Runner, type SecretStore } from "@shopfloor/core/io";
import { claudeAgent } from "../claude/claude.ts";
import { codexAgent } from "../codex/codex.ts";
import { commandAgent } from "../command/command.ts";
import type { Agent } from "../port/agent.ts";
import type { Usage } from "../port/outcome.ts";
import type { Room } from "../program/room.ts";
import type { AgentSees } from "../sandbox/agent-mounts.ts";
import { whyNotShown } from "../sandbox/may-be-shown.ts";
import { programOf } from "./programs.ts";

export interface AgentsWorld {
	readonly stateDir: string;
	/** Whose rooms these are: two sessions share none. */
	readonly session: string;
	readonly secrets: SecretStore;
	readonly leases: Leases;
	readonly runner: Runner;
	readonly path: string;
	/** What a run may see of this machine. */
	mounts(sees: AgentSees): readonly Mount[];
	estimate(model: string | undefined, tokens: Omit<Usage, "usd" | "estimated">): Promise<number>;
}

export type Opened =
	| { readonly kind: "agent"; readonly agent: Agent }
	| { readonly kind: "unable"; readonly why: string };

/** The built-in one is not among them: it needs none of this. */
export function openAgent(world: AgentsWorld, name: string, config: AgentConfig): Opened {
	const found = findProgram(programOf(config), world.path);
	if (found.kind === "missing") return { kind: "unable", why: found.why };
	const secrets = secretsFor(world.secrets, config);
	if ("missing" in secrets) return { kind: "unable", why: withoutKey(name, secrets.missing) };
	const hidden = whyNotShown(seenBy(config), world.stateDir);
	if (hidden !== undefined) return { kind: "unable", why: `${name} is not called: ${hidden}` };
	const room = roomFor(world, name, config, found.path);
	const env = { PATH: world.path, LANG: "C.UTF-8", TERM: "dumb", ...config.env, ...secrets.env };
	const model = config.model === undefined ? {} : { model: config.model };
	const common = { env, room, leases: world.leases, ...model };
	switch (config.kind) {
		case "claude":
			return { kind: "agent", agent: claudeAgent({ ...common, program: found.path }) };
		case "codex": {
			const baseUrl = config.baseUrl === undefined ? {} : { baseUrl: config.baseUrl };
			const estimate = (tokens: Omit<Usage, "usd" | "estimated">) => world.estimate(config.model, tokens);
			return { kind: "agent", agent: codexAgent({ ...common, ...baseUrl, program: found.path, estimate }) };
		}
		case "command":
			return { kind: "agent", agent: commandAgent({ ...common, template: config }) };
	}
}

/** Whether nothing is owed for it, whatever it does. */
export function isFree(name: string, config: AgentConfig | undefined): boolean {
	return name === builtinAgent || (config?.kind === "command" && config.usd === 0);
}

const usualSecrets: Readonly<Record<AgentConfig["kind"], Readonly<Record<string, string>>>> = {
	claude: { ANTHROPIC_API_KEY: "anthropic-api-key" },
	codex: { CODEX_API_KEY: "openai-api-key" },
	command: {},
};

/** The names under which its keys are stored, by the variables that they fill. */
export function secretNames({ kind, secrets = usualSecrets[kind] }: AgentConfig): Readonly<Record<string, string>> {
	return secrets;
}

/** Read for each run, so that a key that was changed is used at once. */
export function secretsFor(
	store: SecretStore,
	config: AgentConfig,
): { readonly env: Readonly<Record<string, string>> } | { readonly missing: string } {
	const env: Record<string, string> = {};
	for (const [variable, name] of Object.entries(secretNames(config))) {
		const value = store.get(name);
		if (value === undefined) return { missing: name };
		env[variable] = value;
	}
	return { env };
}

function roomFor(world: AgentsWorld, name: string, config: AgentConfig, program: string): Room {
	const dir = join(world.stateDir, "rooms", world.session, name);
	const home = join(dir, "home");
	mkdirSync(home, { recursive: true, mode: 0o700 });
	return {
		runner: world.runner,
		home,
		runs: join(dir, "runs"),
		counted: join(dir, "counted"),
		network: config.network,
		mounts: ({ cwd, access, git }) => {
			const repository = git === undefined ? {} : { gitDir: git.dir, commonGitDir: git.common };
			return world.mounts({ tree: cwd, access, home, program, more: seenBy(config), ...repository });
		},
	};
}

function seenBy(config: AgentConfig): readonly string[] {
	return config.kind === "command" ? config.sees : [];
}

function withoutKey(name: string, secret: string): string {
	return `${name} has no key: there is no secret ${secret}. Store it: npx shopfloor secret set ${secret}`;
}

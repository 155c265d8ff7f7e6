/** The coding agents of this machine: whose program is there, and whether a key for it is stored. */
import { lookAtProgram, secretsFor } from "@shopfloor/agents";
import { type AgentConfig, builtinAgent } from "@shopfloor/core";
import type { SecretStore } from "@shopfloor/core/io";
import { type KnownProgram, knownPrograms } from "./read-answers.ts";
import type { Suggestion } from "./settle.ts";

export interface AgentSight {
	readonly name: KnownProgram;
	/** Undefined where it is not there. */
	readonly path: string | undefined;
	readonly version: string | undefined;
	/** What is odd about it. */
	readonly trouble: string | undefined;
	/** The name of the secret that it lacks. */
	readonly missingKey: string | undefined;
}

export async function findAgents(
	env: { readonly PATH: string; readonly HOME: string },
	secrets: SecretStore,
): Promise<AgentSight[]> {
	return await Promise.all(
		knownPrograms.map(async (name) => {
			const config = configOf(name);
			const { path, version, why } = await lookAtProgram(config, env);
			const key = secretsFor(secrets, config);
			const missingKey = "missing" in key ? key.missing : undefined;
			return { name, path, version, trouble: path === undefined ? undefined : why, missingKey };
		}),
	);
}

/** As the configuration describes one that is only named. */
function configOf(name: KnownProgram): AgentConfig {
	return { kind: name, program: name, env: {}, network: true };
}

/** The free one first: what it can do costs nothing. A paid one joins only where it could work at once. */
export function suggestAgents(sights: readonly AgentSight[]): Suggestion {
	const able = sights.filter(({ path, missingKey }) => path !== undefined && missingKey === undefined);
	const names = [builtinAgent, ...able.map(({ name }) => name)];
	return {
		word: names.join(" "),
		why:
			able.length === 0 ? "no other one could work at once" : "the free one first, then those that could work at once",
	};
}

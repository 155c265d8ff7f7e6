/** Whose limits an agent runs into. */
import { type AgentConfig, own } from "@shopfloor/core";
import { secretNames } from "./open-agent.ts";

/**
 * Agents with the same key at the same address have one account, whatever program or model they are, and go by the name
 * of the first of them in the configuration. One without a key shares nothing with anybody.
 */
export function providerOf(agents: Readonly<Record<string, AgentConfig>>, name: string): string {
	const config = own(agents, name);
	const account = config && accountOf(config);
	if (account === undefined) return name;
	return Object.keys(agents).find((other) => accountOf(agents[other] as AgentConfig) === account) ?? name;
}

function accountOf(config: AgentConfig): string | undefined {
	const keys = Object.values(secretNames(config)).sort();
	return keys.length === 0 ? undefined : JSON.stringify([addressOf(config), keys]);
}

/** Undefined: the maker's own. */
function addressOf(config: AgentConfig): string | undefined {
	if (config.kind === "codex" && config.baseUrl !== undefined) return config.baseUrl;
	return Object.entries(config.env).find(([variable]) => /_BASE_URL$/.test(variable))?.[1];
}

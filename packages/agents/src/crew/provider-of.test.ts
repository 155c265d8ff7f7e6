import type { AgentConfig } from "@shopfloor/core";
import { expect, test } from "vitest";
import { providerOf } from "./provider-of.ts";

const common = { env: {}, network: true };
const claude = { kind: "claude", program: "claude", ...common } as const;
const local: AgentConfig = {
	kind: "command",
	command: ["one"],
	prompt: "stdin",
	answer: "text",
	usd: 0,
	sees: [],
	...common,
};
const agents: Record<string, AgentConfig> = {
	opus: { ...claude, model: "opus" },
	haiku: { ...claude, model: "haiku" },
	elsewhere: { ...claude, env: { ANTHROPIC_BASE_URL: "http://127.0.0.1:1" } },
	mine: { ...claude, secrets: { ANTHROPIC_API_KEY: "my-key" } },
	codex: { kind: "codex", program: "codex", ...common },
	other: { ...local, secrets: { KEY: "anthropic-api-key" } },
	local,
	local2: local,
};

test.each([
	["opus", "opus"],
	["haiku", "opus"],
	["other", "opus"],
	["elsewhere", "elsewhere"],
	["mine", "mine"],
	["codex", "codex"],
	["local2", "local2"],
	["builtin", "builtin"],
	["constructor", "constructor"],
])("%s runs into the limits of %s", (name, provider) => {
	expect(providerOf(agents, name)).toBe(provider);
});

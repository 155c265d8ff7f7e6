import { anyOf } from "../any-of.ts";
import type { Rule } from "../rule.ts";

export const agentSettings: Rule = {
	name: "agent-settings",
	severity: "ask",
	reason: "What one agent writes there, the next one obeys, or its program runs.",
	*look({ diff }) {
		for (const file of diff.files)
			if ([file.path, file.from ?? file.path].some((path) => isSettings(path)))
				yield { path: file.path, what: "changes what agents are told or may do" };
	},
	examples: {
		caught: [
			{ name: "instructions", before: { "CLAUDE.md": "a\n" }, after: { "CLAUDE.md": "a\nNever run tests.\n" } },
			{ name: "in a folder", after: { "packages/a/AGENTS.md": "a\n" } },
			{ name: "settings", after: { ".claude/settings.json": "{}\n" } },
			{ name: "servers", after: { ".mcp.json": "{}\n" } },
			{
				name: "of another agent",
				after: {
					".cursor/rules/a.mdc": "a\n",
					".github/copilot-instructions.md": "a\n",
					".codex/config.toml": "a = 1\n",
				},
			},
			{ name: "in other letters", after: { "claude.md": "a\n" } },
			{ name: "an editor that runs things", after: { ".vscode/tasks.json": "{}\n" } },
		],
		passed: [{ name: "a document about agents", after: { "docs/agents-explained.md": "a\n" } }],
	},
};

const isSettings = anyOf([
	"**/{CLAUDE,CLAUDE.local,AGENTS,AGENTS.override,AGENT,GEMINI,QWEN,CRUSH,CONVENTIONS,SKILL,ORCHESTRATOR,TESTER,WARP}.md",
	"**/.{claude,codex,cursor,gemini,windsurf,aider,roo,clinerules,continue,amazonq,qwen,opencode,agents,agent,kiro,augment,junie,goose,zed}/**",
	"**/.{cursorrules,windsurfrules,clinerules,roorules,goosehints,rules,cursorignore,aiderignore,claudeignore,geminiignore,codexignore,roomodes}",
	"**/.mcp.json",
	"**/mcp.json",
	"**/opencode.json{,c}",
	"**/.aider.conf.yml",
	".github/{copilot*,copilot*/**,instructions/**,prompts/**,chatmodes/**,agents/**,skills/**}",
	"**/.vscode/{tasks,launch,settings,mcp}.json",
	"**/.idea/**",
	"**/.devcontainer/**",
	"**/devcontainer.json",
	"**/.envrc",
]);

/** Any program as an agent, by a template. It goes on with no conversation, and knows no limits but ours. */
import { join } from "node:path";
import type { CommandTemplate } from "@shopfloor/core";
import type { Agent } from "../port/agent.ts";
import type { Usage } from "../port/outcome.ts";
import type { Room } from "../program/room.ts";
import { runProgram } from "../program/run-program.ts";
import { CommandDialect } from "./dialect.ts";
import { filledIn } from "./template.ts";

export interface CommandOptions {
	readonly template: CommandTemplate;
	readonly model?: string;
	readonly env: Readonly<Record<string, string>>;
	readonly room: Room;
}

export function commandAgent({ template, model, env, room }: CommandOptions): Agent {
	return {
		async run(job) {
			if (job.resume !== undefined)
				return { kind: "failed", code: "conversation", detail: "a command goes on with no conversation", usage: null };
			const dialect = new CommandDialect(template, job.answer);
			const outcome = await runProgram(dialect, job, room, (dir) => ({
				command: filledIn(template.command, { "prompt-file": join(dir, "prompt"), tree: job.cwd, model }),
				env: { ...env, HOME: room.home },
				promptAsInput: template.prompt === "stdin",
			}));
			return { ...outcome, usage: usageOf(dialect.usd) ?? outcome.usage };
		},
	};
}

function usageOf(usd: number | undefined): Usage | null {
	return usd === undefined ? null : { usd, estimated: false, inputTokens: 0, cachedTokens: 0, outputTokens: 0 };
}

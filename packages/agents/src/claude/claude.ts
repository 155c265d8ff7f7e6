/** Claude Code as an agent. Its conversations lie in the room's home, one configuration for each session. */
import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Leases } from "@shopfloor/core/io";
import type { Agent } from "../port/agent.ts";
import type { Job } from "../port/job.ts";
import type { Outcome, Usage } from "../port/outcome.ts";
import { inConversation } from "../program/in-conversation.ts";
import type { Room } from "../program/room.ts";
import { runProgram } from "../program/run-program.ts";
import { sinceLast } from "../program/since-last.ts";
import { neverTried } from "../program/tried-versions.ts";
import { claudeArguments, claudeEnvironment } from "./arguments.ts";
import { ClaudeDialect } from "./dialect.ts";
import { claudeTotals, type Totals, tellsTotals } from "./ending.ts";

export interface ClaudeOptions {
	/** Absolute: the program itself, and not a wrapper that would be killed in its place. */
	readonly program: string;
	readonly model?: string;
	/** The key, where it is to go, and what else the program is to find in its environment. */
	readonly env: Readonly<Record<string, string>>;
	readonly room: Room;
	readonly leases: Leases;
}

export function claudeAgent(options: ClaudeOptions): Agent {
	return {
		async run(job) {
			const conversation = { id: job.resume ?? randomUUID(), known: job.resume !== undefined };
			return await inConversation(options.leases, job, (held) => call(options, held, conversation));
		},
	};
}

async function call(
	{ program, model, env, room }: ClaudeOptions,
	job: Job,
	conversation: { readonly id: string; readonly known: boolean },
): Promise<Outcome> {
	const config = join(room.home, "claude");
	mkdirSync(config, { recursive: true, mode: 0o700 });
	const dialect = new ClaudeDialect(job.answer);
	const outcome = await runProgram(dialect, job, room, () => ({
		command: [program, ...claudeArguments(job, conversation, model)],
		env: { ...claudeEnvironment(job), ...env, HOME: room.home, CLAUDE_CONFIG_DIR: config },
	}));
	const { result, version, session } = dialect.heard;
	const strange = neverTried("claude", version);
	if (strange !== undefined) job.show(`! ${strange}`);
	// Before it said who it is there is nothing to go on with.
	const isThere = !(outcome.kind === "failed" && outcome.code === "conversation");
	const isKept = isThere && (conversation.known || (job.keep === true && session !== undefined));
	const known = isKept ? { conversation: conversation.id } : {};
	const told = version === undefined ? {} : { version };
	const totals = claudeTotals(result);
	const usage = totals === undefined ? outcome.usage : await usageOf(totals);
	return { ...outcome, ...known, ...told, usage };

	async function usageOf(totals: Totals): Promise<Usage> {
		if (!isKept) return { ...totals, estimated: false };
		const { usd = totals.usd } = await sinceLast(
			room.counted,
			conversation.id,
			{ usd: totals.usd },
			tellsTotals(version),
		);
		return { ...totals, usd, estimated: false };
	}
}

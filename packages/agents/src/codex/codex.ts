/** Codex as an agent: the native program, because its wrapper would be killed in its place. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Leases } from "@shopfloor/core/io";
import type { Agent } from "../port/agent.ts";
import type { Job } from "../port/job.ts";
import type { Outcome, Usage } from "../port/outcome.ts";
import { inConversation } from "../program/in-conversation.ts";
import type { Room } from "../program/room.ts";
import { runProgram } from "../program/run-program.ts";
import { addedSince, sinceLast } from "../program/since-last.ts";
import { neverTried } from "../program/tried-versions.ts";
import { codexArguments } from "./arguments.ts";
import { CodexDialect } from "./dialect.ts";
import { codexCounts } from "./ending.ts";
import { forgetOldThreads, rolloutIn } from "./rollout.ts";

export interface CodexOptions {
	/** Absolute. */
	readonly program: string;
	readonly model?: string;
	readonly baseUrl?: string;
	readonly env: Readonly<Record<string, string>>;
	readonly room: Room;
	readonly leases: Leases;
	/** The program tells tokens and no dollars. */
	estimate(tokens: Omit<Usage, "usd" | "estimated">): Promise<number>;
}

export function codexAgent(options: CodexOptions): Agent {
	return { run: (job) => inConversation(options.leases, job, (held) => call(options, held)) };
}

async function call(options: CodexOptions, job: Job): Promise<Outcome> {
	const { program, model, baseUrl, env, room, estimate } = options;
	// Not below a temporary folder: there it refuses to make what its own sandbox needs, and every command fails.
	const home = join(room.home, "codex");
	mkdirSync(home, { recursive: true, mode: 0o700 });
	forgetOldThreads(home, Date.now());
	const dialect = new CodexDialect(job.answer);
	const rollout = rolloutIn(home);
	const outcome = await runProgram(dialect, job, room, (dir) => {
		const schemaFile = job.answer === undefined ? undefined : join(dir, "answer.json");
		if (schemaFile !== undefined) writeFileSync(schemaFile, JSON.stringify(job.answer), { mode: 0o600 });
		const settings = { model, baseUrl, held: room.runner.name !== "process-group" };
		return {
			command: [program, ...codexArguments(job, settings, schemaFile)],
			env: { ...env, HOME: room.home, CODEX_HOME: home },
			spentUsd: async () => {
				const { thread } = dialect.heard;
				const counted = thread === undefined ? undefined : rollout.used(thread);
				return counted && (await estimate(addedIn(room, job, codexCounts(counted))));
			},
		};
	});
	const { thread, usage } = dialect.heard;
	const meanwhile = thread === undefined ? undefined : rollout.used(thread);
	const { version } = rollout;
	const strange = neverTried("codex", version);
	if (strange !== undefined) job.show(`! ${strange}`);
	const isKept = thread !== undefined && (job.keep === true || job.resume !== undefined);
	if (thread !== undefined && !isKept) rollout.remove(thread);
	const kept = { ...(isKept && { conversation: thread }), ...(version !== undefined && { version }) };
	const counted = usage ?? meanwhile;
	if (counted === undefined) return { ...outcome, ...kept };
	const used = await usedSince(options, codexCounts(counted), isKept ? thread : undefined);
	return { ...outcome, ...kept, usage: usage === undefined ? { ...used, atLeast: true } : used };
}

type Counts = ReturnType<typeof codexCounts>;

function addedIn({ counted }: Room, { resume }: Job, counts: Counts): Counts {
	return resume === undefined ? counts : { ...counts, ...addedSince(counted, resume, counts) };
}

async function usedSince({ room, estimate }: CodexOptions, counts: Counts, thread: string | undefined): Promise<Usage> {
	const added = thread === undefined ? counts : { ...counts, ...(await sinceLast(room.counted, thread, counts, true)) };
	return { ...added, usd: await estimate(added), estimated: true };
}

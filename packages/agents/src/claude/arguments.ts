/**
 * How Claude Code is called so that nobody is needed: every question is answered beforehand, and nothing of the machine's
 * or the repository's own settings plays a part. Works as root, where the program refuses to skip permissions.
 */
import type { Access, Job } from "../port/job.ts";

export interface Conversation {
	readonly id: string;
	/** False the first time: the id is ours, so that it is known even if the program dies at once. */
	readonly known: boolean;
}

export function claudeArguments(job: Job, { id, known }: Conversation, model: string | undefined): string[] {
	const { access, limits, answer } = job;
	return [
		"-p",
		"--output-format",
		"stream-json",
		"--verbose",
		...(known ? ["--resume", id] : ["--session-id", id]),
		...(known || job.keep ? [] : ["--no-session-persistence"]),
		...(model === undefined ? [] : ["--model", model]),
		"--max-turns",
		String(limits.turns),
		"--max-budget-usd",
		String(limits.usd),
		"--permission-mode",
		access === "write" ? "acceptEdits" : "dontAsk",
		// One argument, also where it is empty: these options take all words that follow them.
		`--tools=${tools[access].join(",")}`,
		`--allowedTools=${tools[access].join(",")}`,
		"--setting-sources=",
		"--settings",
		JSON.stringify(settings),
		"--strict-mcp-config",
		...(answer === undefined ? [] : ["--json-schema", JSON.stringify(answer)]),
	];
}

/** No tool that reaches other hosts or starts what outlives the run. Without a sandbox, a shell is as good as writing. */
const tools: Readonly<Record<Access, readonly string[]>> = {
	none: [],
	read: ["Read", "Glob", "Grep"],
	write: ["Bash", "Read", "Edit", "Write", "Glob", "Grep"],
};

const settings = {
	// Our terminal is no place for advertising, and commits are the factory's.
	includeCoAuthoredBy: false,
	disableAllHooks: true,
};

/** Its own limits lie below ours, so that its reason is heard and not only its end. */
export function claudeEnvironment({ limits }: Job): Record<string, string> {
	return {
		CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
		DISABLE_AUTOUPDATER: "1",
		// A command in the background keeps the program from ending.
		CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: "1",
		// Left alone it tries for more than three minutes. Who is limited should say so.
		CLAUDE_CODE_MAX_RETRIES: "3",
		API_TIMEOUT_MS: String(share(limits.startMs)),
		CLAUDE_ENABLE_BYTE_WATCHDOG: "1",
		CLAUDE_BYTE_STREAM_IDLE_TIMEOUT_MS: String(Math.max(share(limits.idleMs), idleMsLeast)),
	};
}

/** The program raises anything below to this. */
const idleMsLeast = 10_000;

function share(ms: number): number {
	return Math.max(1_000, Math.round(ms * 0.8));
}

/**
 * How Codex is called so that nobody is needed. In our sandbox its own is switched off: what it may do is what it is
 * given to see, and one inside of the other would only keep it from starting commands.
 */
import type { Job } from "../port/job.ts";

export interface CodexSettings {
	readonly model?: string | undefined;
	/** Another provider than the program's own, which takes the same requests. */
	readonly baseUrl?: string | undefined;
	/** Whether our own sandbox holds it. */
	readonly held: boolean;
}

export function codexArguments(job: Job, settings: CodexSettings, schemaFile: string | undefined): string[] {
	return [
		"exec",
		"--json",
		"--skip-git-repo-check",
		"-s",
		mode(job, settings),
		"--disable",
		"plugins",
		"-c",
		"analytics.enabled=false",
		...(settings.model === undefined ? [] : ["-m", settings.model]),
		...provider(job, settings),
		...(schemaFile === undefined ? [] : ["--output-schema", schemaFile]),
		...(job.resume === undefined ? [] : ["resume", job.resume]),
		// The prompt comes by standard input.
		"-",
	];
}

function mode({ access }: Job, { held }: CodexSettings): string {
	if (held) return "danger-full-access";
	return access === "write" ? "workspace-write" : "read-only";
}

/** A provider of our own words, because only of such a one the retries and the silence can be bounded, below our limits. */
function provider({ limits }: Job, { baseUrl = usualUrl }: CodexSettings): string[] {
	const idleMs = Math.max(5_000, Math.round(limits.idleMs * 0.8));
	const fields = [
		'name="shopfloor"',
		`base_url=${JSON.stringify(baseUrl)}`,
		'env_key="CODEX_API_KEY"',
		'wire_api="responses"',
		"request_max_retries=3",
		"stream_max_retries=2",
		`stream_idle_timeout_ms=${idleMs}`,
	];
	return ["-c", 'model_provider="shopfloor"', "-c", `model_providers.shopfloor={${fields.join(",")}}`];
}

const usualUrl = "https://api.openai.com/v1";

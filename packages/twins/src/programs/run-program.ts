/** Runs a real program against a twin, in a home of its own, and gives back what it said. */
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { env as ours } from "node:process";

export interface ProgramJob {
	readonly program: string;
	/** The twin's. */
	readonly url: string;
	readonly cwd: string;
	/** Keeps the sessions, so that a later run can resume. Codex takes none under the folder for temporary files. */
	readonly home: string;
	readonly args: readonly string[];
	readonly prompt: string;
	readonly env?: Readonly<Record<string, string>>;
	/** Asks it to end, by SIGINT. */
	readonly interrupt?: AbortSignal;
}

export interface ProgramRun {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
	/** The lines of its standard output that are JSON. */
	readonly records: readonly Record<string, unknown>[];
}

/** `claude -p`, without a look at the network besides the twin. */
export function runClaude(job: ProgramJob): Promise<ProgramRun> {
	const env = {
		CLAUDE_CONFIG_DIR: join(job.home, ".claude"),
		ANTHROPIC_BASE_URL: job.url,
		ANTHROPIC_API_KEY: "sk-twin",
		CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
		// Its own ten tries take minutes; what it says after one is the same.
		CLAUDE_CODE_MAX_RETRIES: "1",
		...job.env,
	};
	return run({ ...job, args: ["-p", ...job.args], env });
}

/** `codex exec`, with the twin as its provider of models. */
export function runCodex(job: ProgramJob): Promise<ProgramRun> {
	const codexHome = join(job.home, ".codex");
	mkdirSync(codexHome, { recursive: true });
	const provider = `{ name = "twin", base_url = "${job.url}/v1", env_key = "TWIN_KEY", wire_api = "responses", request_max_retries = 1, stream_max_retries = 1 }`;
	const settings = [
		...["-c", 'model_provider="twin"', "-c", `model_providers.twin=${provider}`],
		...["-c", "analytics.enabled=false", "--disable", "plugins"],
	];
	const env = { CODEX_HOME: codexHome, TWIN_KEY: "sk-twin", ...job.env };
	return run({ ...job, args: ["exec", ...settings, "--skip-git-repo-check", ...job.args], env });
}

/** A call takes a second or two; a machine that is busy with other things some tens. */
const wallMs = 90_000;

async function run({ program, args, cwd, home, prompt, env, interrupt }: ProgramJob): Promise<ProgramRun> {
	const tmp = join(home, "tmp");
	mkdirSync(tmp, { recursive: true });
	const child = spawn(program, args, {
		cwd,
		env: { PATH: ours["PATH"] ?? "/usr/bin:/bin", HOME: home, TMPDIR: tmp, ...env },
		stdio: "pipe",
	});
	const out: Buffer[] = [];
	const err: Buffer[] = [];
	child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
	child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
	// A program that ends without reading its prompt is no fault of this one.
	child.stdin.on("error", () => undefined);
	child.stdin.end(prompt);
	const tooLong = setTimeout(() => child.kill("SIGKILL"), wallMs);
	const onInterrupt = () => child.kill("SIGINT");
	interrupt?.addEventListener("abort", onInterrupt, { once: true });
	try {
		const code = await new Promise<number | null>((resolve, reject) => {
			child.once("error", reject);
			child.once("close", resolve);
		});
		const stdout = Buffer.concat(out).toString("utf8");
		return { code, stdout, stderr: Buffer.concat(err).toString("utf8"), records: recordsIn(stdout) };
	} finally {
		clearTimeout(tooLong);
		interrupt?.removeEventListener("abort", onInterrupt);
	}
}

function recordsIn(stdout: string): Record<string, unknown>[] {
	return stdout
		.split("\n")
		.filter((line) => line.startsWith("{"))
		.map((line) => JSON.parse(line) as Record<string, unknown>);
}

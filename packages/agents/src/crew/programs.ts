/** The programs behind agents: where they are, and which version. What was never tried is told, and tried. */
import type { AgentConfig } from "@shopfloor/core";
import { findProgram } from "@shopfloor/core/io";
import { execa } from "execa";

export interface ProgramSight {
	/** Undefined where it is missing; `why` then says so. */
	readonly path?: string;
	readonly version?: string;
	readonly why?: string;
}

/** Those that this factory's tests run against. */
const triedVersions: Readonly<Record<"claude" | "codex", readonly string[]>> = {
	claude: ["2.1.197", "2.1.329"],
	codex: ["0.128.0", "0.169.0"],
};

/** They answer in a moment; one that does not is told as it is. */
const versionMs = 20_000;

export function programOf(agent: AgentConfig): string {
	return agent.kind === "command" ? (agent.command[0] as string) : agent.program;
}

export async function lookAtProgram(agent: AgentConfig, env: Readonly<Record<string, string>>): Promise<ProgramSight> {
	const found = findProgram(programOf(agent), env["PATH"]);
	if (found.kind === "missing") return { why: found.why };
	if (agent.kind === "command") return { path: found.path };
	const said = await execa(found.path, ["--version"], {
		reject: false,
		timeout: versionMs,
		stdin: "ignore",
		extendEnv: false,
		env,
		maxBuffer: 10_000,
	});
	const version = /\d+\.\d+\.\d+[\w.-]*/.exec(said.stdout)?.[0];
	if (said.exitCode !== 0 || version === undefined)
		return { path: found.path, why: `${found.path} --version does not say its version` };
	const tried = triedVersions[agent.kind];
	if (tried.includes(version)) return { path: found.path, version };
	return {
		path: found.path,
		version,
		why: `version ${version} was never tried with this factory (${tried.join(", ")} were)`,
	};
}

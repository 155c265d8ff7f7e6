/** The programs behind agents: where they are, and which version. What was never tried is told, and tried. */
import type { AgentConfig } from "@shopfloor/core";
import { findProgram } from "@shopfloor/core/io";
import { execa } from "execa";
import { neverTried } from "../program/tried-versions.ts";

export interface ProgramSight {
	/** Undefined where it is missing; `why` then says so. */
	readonly path?: string;
	readonly version?: string;
	readonly why?: string;
}

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
	const why = neverTried(agent.kind, version);
	return { path: found.path, version, ...(why !== undefined && { why }) };
}

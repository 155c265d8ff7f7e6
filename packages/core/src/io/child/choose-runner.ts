/**
 * Which sandbox there is on this machine. Each is tried for real, once in the life of this process: that a program is
 * installed says little, since user namespaces may be forbidden. Where none can be made nothing is run; running without
 * one is a person's choice, by name.
 */
import { spawn } from "node:child_process";
import type { FactoryConfig } from "../../model/config.ts";
import { bubblewrapCommand } from "./bubblewrap.ts";
import { bubblewrapRunner, processGroupRunner, type Runner, unshareRunner } from "./runner.ts";
import { systemMounts } from "./system-mounts.ts";
import { systemTool } from "./system-tool.ts";
import { unshareCommand, unshareTools } from "./unshare.ts";

export type SandboxSetting = FactoryConfig["sandbox"];

export type RunnerChoice =
	| { readonly kind: "runner"; readonly runner: Runner }
	| { readonly kind: "missing"; readonly why: string };

export async function chooseRunner(
	setting: SandboxSetting,
	among: readonly Candidate[] = candidates,
): Promise<RunnerChoice> {
	if (setting === "off") return { kind: "runner", runner: processGroupRunner };
	const reasons: string[] = [];
	for (const { runner, available } of among.filter(({ runner }) => setting === "auto" || runner.name === setting)) {
		const probe = await available();
		if (probe.kind === "available") return { kind: "runner", runner };
		reasons.push(probe.why);
	}
	return { kind: "missing", why: reasons.join(" ") };
}

interface Candidate {
	readonly runner: Runner;
	available(): Promise<SandboxProbe>;
}

export type SandboxProbe = { readonly kind: "available" } | { readonly kind: "missing"; readonly why: string };

export function sandboxAvailable(): Promise<SandboxProbe> {
	return once("bubblewrap", () => tried("bubblewrap", ["bwrap"], bubblewrapCommand(trial, ["/bin/true"])));
}

export function unshareAvailable(): Promise<SandboxProbe> {
	return once("unshare", () => tried("unshare", unshareTools, unshareCommand(trial, ["/bin/true"])));
}

/** In the order in which they are preferred. */
const candidates: readonly Candidate[] = [
	{ runner: bubblewrapRunner, available: sandboxAvailable },
	{ runner: unshareRunner, available: unshareAvailable },
];

const trial = { mounts: systemMounts({ network: false }), cwd: "/", network: false };

const known = new Map<string, Promise<SandboxProbe>>();

function once(name: string, probe: () => Promise<SandboxProbe>): Promise<SandboxProbe> {
	const found = known.get(name) ?? probe();
	known.set(name, found);
	return found;
}

/** Starting takes a few milliseconds; a machine under load gets a thousand times that. */
const trialMs = 20_000;

async function tried(
	name: string,
	tools: readonly string[],
	[program = "", ...args]: readonly string[],
): Promise<SandboxProbe> {
	const missing = [...tools, ...limitTools].filter((tool) => systemTool(tool).kind === "missing");
	if (missing.length > 0) return { kind: "missing", why: notInstalled(name, missing) };
	const said = await complaintOf(program, args);
	return said === undefined ? { kind: "available" } : { kind: "missing", why: cannotRun(name, said) };
}

/** With which every run in a sandbox is limited. */
const limitTools = ["prlimit", "choom"];

function complaintOf(program: string, args: readonly string[]): Promise<string | undefined> {
	const found = systemTool(program);
	if (found.kind === "missing") return Promise.resolve(found.why);
	return new Promise((resolve) => {
		let said = "";
		const child = spawn(found.path, args, {
			stdio: ["ignore", "ignore", "pipe"],
			timeout: trialMs,
			killSignal: "SIGKILL",
			env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin" },
		});
		child.stderr.setEncoding("utf8").on("data", (text: string) => {
			said = `${said}${text}`.slice(-1_000);
		});
		child.once("error", ({ message }) => resolve(message));
		child.once("close", (code) => resolve(code === 0 ? undefined : said.trim() || `exit code ${code}`));
	});
}

function notInstalled(name: string, missing: readonly string[]): string {
	return `${name} makes no sandbox here: not installed ${missing.length === 1 ? "is" : "are"} ${missing.join(", ")} (packages bubblewrap, util-linux, iproute2).`;
}

function cannotRun(name: string, said: string): string {
	return `${name} is installed but cannot make a sandbox here; mostly user namespaces are forbidden (sysctl kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns, user.max_user_namespaces), or bubblewrap is older than 0.8. It said: ${said}`;
}

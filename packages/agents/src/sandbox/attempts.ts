/** What the attacking program tries while it runs, and how we see whether it got anywhere: by its own word, and by ours. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Runner } from "@shopfloor/core/io";
import { agentMounts } from "./agent-mounts.ts";
import { attackScript } from "./attack-script.ts";
import type { Held } from "./held.ts";
import { namesAtHome, type Stage } from "./stage.ts";

/** As an agent that may write, and as a check, which has no network. */
export async function attempt(runner: Runner, stage: Stage): Promise<Held[]> {
	const agent = await attack(runner, stage, true);
	const check = await attack(runner, stage, false);
	return Object.entries(tried).map(([name, what]) => {
		const got = name === "network" ? check : agent;
		if (got.kind === "no-answer")
			return { name, tried: what, held: false, detail: `the probe itself failed: ${got.why}` };
		return judged(name, what, got.of[name] ?? null, stage);
	});
}

/** By the names that the program uses. */
const tried: Readonly<Record<string, string>> = {
	"own work": "write a file in its tree and in its home, which must work",
	"secret of the factory": "read a file in the state directory",
	"home of others": "read files in homes of this machine and of other agents",
	"writing outside": "write beside its tree, into another tree, into the system",
	repository: "write the repository's configuration, hooks and the worktree's HEAD",
	"pointer to the repository": "change, rename or remove the tree's .git",
	"other processes": "find others in /proc and read their environment",
	signal: "kill a process of the factory",
	rights: "gain capabilities, become root, mount, make a namespace or a device",
	kernel: "open the kernel's switches and memory",
	"open files": "find files of the factory left open for it",
	descriptors: "open files without end",
	socket: "connect to a socket in the state directory",
	network: "connect to this machine, as a check, which has no network",
};

function judged(name: string, what: string, got: string | null, stage: Stage): Held {
	const result = (held: boolean, detail: string): Held => ({ name, tried: what, held, detail });
	if (name === "own work") return result(got !== null, got === null ? "its own files cannot be written" : "works");
	if (got !== null) return result(false, `it could: ${got}`);
	if (name === "signal" && !stage.isVictimAlive()) return result(false, "the process is gone");
	if (["writing outside", "repository", "pointer to the repository"].includes(name)) {
		const changed = stage.changed();
		if (changed !== undefined) return result(false, `${changed} was changed`);
	}
	return result(true, "refused");
}

type Got =
	| { readonly kind: "answer"; readonly of: Readonly<Record<string, string | null>> }
	| { readonly kind: "no-answer"; readonly why: string };

async function attack(runner: Runner, stage: Stage, network: boolean): Promise<Got> {
	const { dir, tree, home } = stage;
	const output = join(dir, network ? "said-by-agent" : "said-by-check");
	const errors = `${output}-errors`;
	// Not as an argument, which would stand on command lines that it is to look through.
	const input = join(dir, "known");
	writeFileSync(input, JSON.stringify(knownTo(stage, [input, output, errors])));
	const end = await runner.run({
		command: [process.execPath, "-e", attackScript],
		cwd: tree,
		env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", HOME: home },
		mounts: agentMounts({ ...stage, access: "write", program: process.execPath }),
		network,
		input,
		output,
		errors,
		// The bound on open files comes with the one on their size.
		limits: { wallMs: attackMs, idleMs: attackMs, outputBytesMax, fileBytesMax: outputBytesMax },
	});
	if (end.kind !== "exited" || end.code !== 0)
		return { kind: "no-answer", why: `${end.kind} ${"why" in end ? end.why : end.tail}` };
	return answerIn(readFileSync(output, "utf8"));
}

/** What a resolute attacker knows by heart. */
function knownTo(stage: Stage, given: readonly string[]): object {
	const { dir, canary, mark, tree, home, port, socket, victim, secret } = stage;
	const at = (path: string) => join(dir, path);
	return {
		...{ dir, canary, mark, port, socket, victim, given, openFilesMax },
		own: [join(tree, "mine"), join(home, "mine")],
		secrets: [secret],
		homes: [at("homes/other/.ssh/id"), at("trees/other/file")],
		homeNames: namesAtHome(dir),
		outside: [at("trees/other/file"), at("trees/other/planted"), at("secrets/planted"), at("planted")],
		repository: [at("repository/config"), at("repository/hooks/planted"), at("repository/worktrees/mine/HEAD")],
		pointer: at("trees/mine/.git"),
	};
}

function answerIn(text: string): Got {
	try {
		return { kind: "answer", of: JSON.parse(text) as Record<string, string | null> };
	} catch {
		return { kind: "no-answer", why: `it said ${JSON.stringify(text.slice(0, 200))}` };
	}
}

/** It takes a second; a machine under load gets much more. */
const attackMs = 60_000;
const outputBytesMax = 1_000_000;
/** As the runner bounds them. */
const openFilesMax = 32_768;

/**
 * The world that the probe puts a sandbox into: real files, processes and listeners, as they would lie around an agent,
 * with a word in them that must not come out. In a folder of the state directory, because that is what must be hidden.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { diskError, isGone, myIdentity } from "@shopfloor/core/io";
import { marked } from "./marked.ts";

export interface Stage {
	readonly dir: string;
	/** In files and environments that must stay unread. */
	readonly canary: string;
	/** On the command lines of what must not be seen, and of nothing else on this machine. */
	readonly mark: string;
	readonly tree: string;
	readonly home: string;
	readonly gitDir: string;
	readonly commonGitDir: string;
	readonly secret: string;
	readonly port: number;
	readonly socket: string;
	readonly victim: number;
	isVictimAlive(): boolean;
	/** What lies outside of the tree and the home, and is no longer as it was. */
	changed(): string | undefined;
	/** Resolves when nothing of it is left. */
	clear(): Promise<void>;
}

export async function setStage(stateDir: string): Promise<Stage> {
	const dir = newFolder(stateDir);
	const canary = randomBytes(12).toString("hex");
	const mark = `shopfloor-probe-${canary}`;
	const at = (path: string) => join(dir, path);
	const files = decoys(dir, canary);
	for (const [path, text] of Object.entries(files)) write(at(path), text);
	mkdirSync(at("homes/mine"), { recursive: true });
	// It lives as long as its input is open, and so no longer than this process, however that ends.
	const victim = spawn(process.execPath, ["-e", "process.stdin.resume()", mark], {
		env: { PROBE: canary },
		stdio: ["pipe", "ignore", "ignore"],
	});
	const onPort = await listening({ host: "127.0.0.1", port: 0 });
	const onSocket = await listening({ path: at("s") });
	return {
		dir,
		canary,
		mark,
		tree: at("trees/mine"),
		home: at("homes/mine"),
		gitDir: at("repository/worktrees/mine"),
		commonGitDir: at("repository"),
		secret: at("secrets/token"),
		port: (onPort.address() as { readonly port: number }).port,
		socket: at("s"),
		victim: victim.pid ?? 0,
		isVictimAlive: () => victim.exitCode === null && victim.signalCode === null,
		changed: () => changedOf(dir, files),
		clear: () => clear(dir, mark, victim, [onPort, onSocket]),
	};
}

/** By their paths. The tree's own files are not among them: those it may change. */
function decoys(dir: string, canary: string): Readonly<Record<string, string>> {
	return {
		"secrets/token": canary,
		"homes/other/.ssh/id": canary,
		"trees/other/file": canary,
		"trees/mine/.git": `gitdir: ${join(dir, "repository/worktrees/mine")}\n`,
		"repository/config": "[core]\n",
		"repository/hooks/pre-commit": "#!/bin/sh\n",
		"repository/worktrees/mine/HEAD": "ref: refs/heads/mine\n",
	};
}

/** Its name is short, because the path of a socket in it may be no longer than a hundred bytes. */
function newFolder(stateDir: string): string {
	try {
		for (const path of leftIn(stateDir)) rmSync(path, { recursive: true, force: true });
		const dir = mkdtempSync(join(stateDir, prefix));
		writeFileSync(join(dir, ownerFile), myIdentity());
		return dir;
	} catch (error) {
		throw diskError(error, `making a folder in ${stateDir}`);
	}
}

const prefix = "probe-";
const ownerFile = "owner";
/** A folder that names nobody is one that somebody makes, or was killed over: making one takes no time. */
const unnamedMs = 60 * 60 * 1_000;

/** Of those who were killed in the middle of a trial. */
function leftIn(stateDir: string): string[] {
	return readdirSync(stateDir)
		.filter((name) => name.startsWith(prefix))
		.map((name) => join(stateDir, name))
		.filter((dir) => {
			const owner = join(dir, ownerFile);
			if (existsSync(owner)) return isGone(readFileSync(owner, "utf8"));
			return Date.now() - (statSync(dir, { throwIfNoEntry: false })?.mtimeMs ?? 0) > unnamedMs;
		});
}

function write(path: string, text: string): void {
	try {
		mkdirSync(join(path, ".."), { recursive: true });
		writeFileSync(path, text);
	} catch (error) {
		throw diskError(error, `writing ${path}`);
	}
}

function listening(
	where: { readonly path: string } | { readonly host: string; readonly port: number },
): Promise<Server> {
	return new Promise((resolve, reject) => {
		const server = createServer((socket) => socket.destroy());
		server.once("error", reject);
		server.listen(where, () => resolve(server));
	});
}

function changedOf(dir: string, files: Readonly<Record<string, string>>): string | undefined {
	const other = Object.entries(files).find(([path, text]) => {
		const full = join(dir, path);
		return !existsSync(full) || readFileSync(full, "utf8") !== text;
	})?.[0];
	const planted = ["secrets", "trees/other", "repository/hooks", "."]
		.flatMap((folder) => readdirSync(join(dir, folder)).map((name) => join(folder, name)))
		.find((path) => path.endsWith("planted"));
	return other ?? planted;
}

async function clear(dir: string, mark: string, victim: ChildProcess, servers: readonly Server[]): Promise<void> {
	const gone = new Promise((resolve) => victim.once("exit", resolve));
	if (victim.exitCode === null && victim.signalCode === null && victim.kill("SIGKILL")) await gone;
	// Where the sandbox did not hold, something was left behind.
	for (const pid of marked(mark)) end(pid);
	await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
	rmSync(dir, { recursive: true, force: true });
}

function end(pid: number): void {
	try {
		process.kill(pid, "SIGKILL");
	} catch {
		// It ended just now.
	}
}

/** Names that are really there, in the home of whoever runs this; of some thousand the first tell enough. */
export function namesAtHome(except: string): string[] {
	const home = homedir();
	if (!existsSync(home)) return [];
	return readdirSync(home)
		.map((name) => join(home, name))
		.filter((path) => except !== path && !except.startsWith(`${path}/`) && !process.execPath.startsWith(`${path}/`))
		.slice(0, 100);
}

/**
 * One tmux window for each session, on a server of this factory's own, showing the session's file. Windows are a view
 * and nothing else: whatever becomes of tmux, no run notices. What should be there is compared with what is, and mended.
 */
import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { terminalPath } from "./terminal.ts";

export type TmuxReport =
	| { readonly kind: "there"; readonly made: readonly string[]; readonly ended: readonly string[] }
	| { readonly kind: "missing"; readonly why: string };

/** The command that puts a person in front of a session's window. */
export function attachCommand(stateDir: string, session: string): string[] {
	return ["tmux", ...server(stateDir), "attach-session", "-t", `=${group}:=${session}`];
}

/** `only` keeps to adding: whoever looks at one window leaves the others. */
export async function reconcileTerminals(
	stateDir: string,
	sessions: readonly string[],
	only?: "add",
): Promise<TmuxReport> {
	const version = await tmux([["-V"]]);
	if (version.exitCode !== 0) return { kind: "missing", why: "tmux is not installed; terminals are files only" };
	try {
		return await reconcile(stateDir, sessions, only);
	} catch (error) {
		return { kind: "missing", why: `${(error as Error).message}; terminals are files only` };
	}
}

async function reconcile(stateDir: string, sessions: readonly string[], only?: "add"): Promise<TmuxReport> {
	const at = server(stateDir);
	const listed = await tmux([at, ["list-windows", "-t", `=${group}`, "-F", "#{window_name}"]]);
	const there = listed.exitCode === 0 ? lines(listed.stdout) : [];
	const made = sessions.filter((session) => !there.includes(session));
	for (const [index, session] of made.entries())
		await opened(stateDir, session, there.length === 0 && index === 0 ? "session" : "window");
	const ended = only === "add" ? [] : there.filter((name) => !sessions.includes(name));
	for (const name of ended) await tmux([at, ["kill-window", "-t", `=${group}:=${name}`]]);
	return { kind: "there", made, ended };
}

/** Ends the factory's tmux server and all of its windows. */
export async function endTerminals(stateDir: string): Promise<void> {
	if (!existsSync(folder())) return;
	await tmux([server(stateDir), ["kill-server"]]);
}

const group = "shopfloor";
/** What a person sees when they come: the last screens of it. */
const linesShown = "500";
/** Asking tmux is a matter of milliseconds. */
const tmuxMs = 10_000;

async function opened(stateDir: string, session: string, what: "session" | "window"): Promise<void> {
	const follow = ["tail", "-n", linesShown, "-F", terminalPath(stateDir, session)];
	const place =
		what === "session"
			? ["new-session", "-d", "-s", group, "-n", session, "-x", "200", "-y", "50"]
			: ["new-window", "-d", "-t", `=${group}:`, "-n", session];
	const { exitCode, stderr } = await tmux([server(stateDir), place, follow]);
	if (exitCode !== 0) throw new Error(`tmux made no window for ${session}: ${stderr}`);
	// Its name is how it is found again; a program in it must not change it.
	await tmux([server(stateDir), ["set-option", "-w", "-t", `=${group}:=${session}`, "automatic-rename", "off"]]);
}

function folder(): string {
	return join(tmpdir(), `shopfloor-tmux-${userInfo().uid}`);
}

/** A socket's path may have some hundred bytes, which a state directory's easily has by itself. */
function server(stateDir: string): string[] {
	const dir = folder();
	mkdirSync(dir, { recursive: true, mode: 0o700 });
	const { uid, mode } = lstatSync(dir);
	// Anybody may have made it before us, and would own whatever lies in it.
	if (uid !== userInfo().uid || (mode & 0o777) !== 0o700) throw new Error(`${dir} is not ours alone; remove it`);
	const name = createHash("sha256").update(stateDir).digest("hex").slice(0, 12);
	return ["-S", join(dir, name), "-f", "/dev/null"];
}

async function tmux(args: readonly (readonly string[])[]) {
	return await execa("tmux", args.flat(), {
		reject: false,
		timeout: tmuxMs,
		stdin: "ignore",
		// Its server lives on, and would keep whatever stands in ours.
		extendEnv: false,
		env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin", HOME: "/", LANG: "C.UTF-8", TERM: "screen-256color" },
	});
}

function lines(text: string): string[] {
	return text.split("\n").filter((line) => line !== "");
}

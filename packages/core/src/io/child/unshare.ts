/**
 * The same sandbox without bubblewrap: unshare(1) makes the namespaces, and a script of ours the file system. The
 * script gets what is to be mounted as arguments and takes none of it for shell. It is slower (some two hundred milliseconds),
 * because every mount is a program of its own.
 *
 * `setpriv` asks the kernel to end it when whoever started it dies; `--kill-child` does the same for what it starts, and
 * with the first process of a pid namespace all the others go.
 */
import { existsSync, realpathSync } from "node:fs";
import { type Mounted, mountedAt, mountedWithin, mountTable } from "./mount-table.ts";
import { kernelSwitches, type Mount, mountsInOrder, nobody, type Sandbox, scratchBytesMax } from "./sandbox.ts";
import { systemTool } from "./system-tool.ts";
import { unshareScript } from "./unshare-script.ts";

export function unshareCommand(
	sandbox: Sandbox,
	command: readonly string[],
	table: readonly Mounted[] = mountTable(),
): string[] {
	return [
		"setpriv",
		"--pdeathsig",
		"SIGKILL",
		// Not by its name, which the program's PATH would lead astray.
		pathOf("unshare"),
		...["--user", "--map-root-user", "--mount", "--pid", "--ipc", "--uts", "--cgroup", "--fork", "--kill-child"],
		...(sandbox.network ? [] : ["--net"]),
		"--",
		"/bin/sh",
		"-c",
		unshareScript,
		"sandbox",
		...insideAs(),
		sandbox.network ? "shared" : "none",
		sandbox.cwd,
		...["empty", "/dev/shm", String(scratchBytesMax)],
		...kernelSwitches.filter((path) => existsSync(path)).flatMap((path) => boundTo(path, path, true, table)),
		...mountsInOrder(sandbox).flatMap((mount) => stepsOf(mount, table)),
		"--",
		...command,
	];
}

/** The programs of the system that it takes, all of them from util-linux but `ip`, without which there is no localhost. */
export const unshareTools = ["setpriv", "unshare", "mount", "umount", "pivot_root", "ip"] as const;

function pathOf(name: string): string {
	const tool = systemTool(name);
	return tool.kind === "found" ? tool.path : name;
}

/** User and group, as bubblewrap has them. */
function insideAs(): string[] {
	const [uid = nobody, gid = nobody] = [process.getuid?.(), process.getgid?.()];
	return uid === 0 ? [String(nobody), String(nobody)] : [String(uid), String(gid)];
}

/** For the script: steps of a word and two arguments. */
function stepsOf(mount: Mount, table: readonly Mounted[]): string[] {
	switch (mount.kind) {
		case "read-only":
		case "writable":
			return boundTo(mount.from, mount.to, mount.kind === "read-only", table);
		case "empty":
			return ["empty", mount.to, String(scratchBytesMax)];
		case "link":
			return ["link", mount.target, mount.to];
	}
}

function boundTo(from: string, to: string, readOnly: boolean, table: readonly Mounted[]): string[] {
	const real = existsSync(from) ? realpathSync(from) : from;
	const bound = ["bind", real, to];
	const whole = ["flags", to, flagsOf(mountedAt(real, table), readOnly)];
	const inside = mountedWithin(real, table).flatMap((mounted) => [
		"flags",
		`${to}${mounted.at.slice(real.length)}`,
		flagsOf(mounted, readOnly),
	]);
	return [...bound, ...whole, ...inside];
}

function flagsOf(mounted: Mounted | undefined, readOnly: boolean): string {
	const kept = (mounted?.flags ?? []).filter((flag) => (flag === "ro" && !readOnly) || flag === "noexec");
	return [...(readOnly ? ["ro"] : []), "nosuid", "nodev", ...kept].join(",");
}

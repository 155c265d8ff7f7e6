/**
 * The command line that has bubblewrap put a program into a sandbox: namespaces of its own, no capability, no way to
 * more namespaces, and a file system in which only what is listed exists and only what is said to be is writable. The
 * environment is not part of it: bubblewrap passes on the one it is given (`runChild` gives it nothing else), and so no
 * secret of an agent stands on a command line that everybody on the machine can read.
 */
import { existsSync } from "node:fs";
import { kernelSwitches, type Mount, mountsInOrder, nobody, type Sandbox, scratchBytesMax } from "./sandbox.ts";

export function bubblewrapCommand(sandbox: Sandbox, command: readonly string[]): string[] {
	return [
		"bwrap",
		"--unshare-all",
		// Said apart: "all" goes on without where there are none, and to forbid more of them one is needed.
		"--unshare-user",
		"--disable-userns",
		...(sandbox.network ? ["--share-net"] : []),
		"--die-with-parent",
		// Nothing can be typed into the terminal of whoever started us.
		"--new-session",
		"--cap-drop",
		"ALL",
		// For others than root bubblewrap keeps the user.
		...(process.getuid?.() === 0 ? ["--uid", String(nobody), "--gid", String(nobody)] : []),
		"--proc",
		"/proc",
		...kernelSwitches.filter((path) => existsSync(path)).flatMap((path) => ["--ro-bind", path, path]),
		"--dev",
		"/dev",
		// Like the root, it is a file system in memory without a bound, and no place to write to.
		"--remount-ro",
		"/dev",
		...emptyFolder("/dev/shm"),
		...mountsInOrder(sandbox).flatMap(argumentsOf),
		"--remount-ro",
		"/",
		"--chdir",
		sandbox.cwd,
		...(sandbox.statusFd === undefined ? [] : ["--json-status-fd", String(sandbox.statusFd)]),
		"--",
		...command,
	];
}

function argumentsOf(mount: Mount): string[] {
	switch (mount.kind) {
		case "read-only":
			return ["--ro-bind", mount.from, mount.to];
		case "writable":
			return ["--bind", mount.from, mount.to];
		case "empty":
			return emptyFolder(mount.to);
		case "link":
			return ["--symlink", mount.target, mount.to];
	}
}

function emptyFolder(to: string): string[] {
	return ["--size", String(scratchBytesMax), "--tmpfs", to];
}

/**
 * The command line that puts a program into a sandbox: namespaces of its own, no capability, and a file system in which
 * only what is listed exists. What is not listed is absent, not merely forbidden. The environment is not part of it:
 * bubblewrap passes on the one it is given (`runChild` gives it nothing else), and so no secret of an agent stands on a
 * command line that everybody on the machine can read.
 */
import { spawn } from "node:child_process";
import { existsSync, lstatSync, readlinkSync } from "node:fs";
import { dirname, resolve } from "node:path";

export interface Sandbox {
	/** In any order; whatever lies inside of another is laid over it. */
	readonly mounts: readonly Mount[];
	readonly cwd: string;
	readonly network: boolean;
	/** A file descriptor for bubblewrap's own news, as JSON lines; the program does not get it. */
	readonly statusFd?: number;
}

export type Mount =
	| { readonly kind: "read-only" | "writable"; readonly from: string; readonly to: string }
	/** A folder of its own: empty, writable, and gone afterwards. */
	| { readonly kind: "empty"; readonly to: string }
	/** A file that reads as empty. */
	| { readonly kind: "hidden-file"; readonly to: string }
	| { readonly kind: "link"; readonly target: string; readonly to: string };

export function bubblewrapCommand(sandbox: Sandbox, command: readonly string[]): string[] {
	return [
		"bwrap",
		"--unshare-all",
		...(sandbox.network ? ["--share-net"] : []),
		"--die-with-parent",
		// Nothing can be typed into the terminal of whoever started us.
		"--new-session",
		"--cap-drop",
		"ALL",
		...asNobody,
		"--proc",
		"/proc",
		"--dev",
		"/dev",
		...inOrder([{ kind: "empty", to: "/tmp" }, ...sandbox.mounts]).flatMap(argumentsOf),
		"--chdir",
		sandbox.cwd,
		...(sandbox.statusFd === undefined ? [] : ["--json-status-fd", String(sandbox.statusFd)]),
		"--",
		...command,
	];
}

/** What programs need of this machine, read-only: nothing under /home, /root, /var, /srv or /opt. */
export function systemMounts(env: { readonly network: boolean }): Mount[] {
	const names = [...etcNames, ...(env.network ? etcNetworkNames : [])];
	const mounts: Mount[] = [...systemFolders, ...names.map((name) => `/etc/${name}`)].flatMap((path) =>
		systemMount(path),
	);
	const node = resolve(dirname(process.execPath), "..");
	// A Node that a person installed for themselves, in whatever folder its manager likes.
	return isWithin(node, "/usr") ? mounts : [...mounts, { kind: "read-only", from: node, to: node }];
}

export type SandboxProbe = { readonly kind: "available" } | { readonly kind: "missing"; readonly why: string };

/** Tries it for real, once in the life of this process. */
export function sandboxAvailable(): Promise<SandboxProbe> {
	probed ??= probe();
	return probed;
}

let probed: Promise<SandboxProbe> | undefined;

/** Starting takes a few milliseconds; a machine under load gets a thousand times that. */
const probeMs = 20_000;
/** Every system has this user, and it owns nothing. For others than root bubblewrap keeps the user. */
const asNobody = process.getuid?.() === 0 ? ["--uid", "65534", "--gid", "65534"] : [];

const systemFolders = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];
const etcNames = [
	"alternatives",
	"ld.so.cache",
	"ld.so.conf",
	"ld.so.conf.d",
	"passwd",
	"group",
	"localtime",
	"ssl",
	"pki",
	"ca-certificates",
	// Without them not even `localhost` has an address.
	"nsswitch.conf",
	"services",
	"protocols",
];
const etcNetworkNames = ["resolv.conf", "hosts", "gai.conf"];

function systemMount(path: string): Mount[] {
	const found = lstatSync(path, { throwIfNoEntry: false });
	if (found === undefined) return [];
	// A link among the system folders stays one; one in /etc leads somewhere that may not be there.
	if (found.isSymbolicLink() && !path.startsWith("/etc/"))
		return [{ kind: "link", target: readlinkSync(path), to: path }];
	return existsSync(path) ? [{ kind: "read-only", from: path, to: path }] : [];
}

function isWithin(path: string, folder: string): boolean {
	return path === folder || path.startsWith(`${folder}/`);
}

/** Bubblewrap mounts one after the other, so the outer ones go first; those of one place as they were listed. */
function inOrder(mounts: readonly Mount[]): Mount[] {
	return [...mounts].sort((a, b) => depth(a.to) - depth(b.to));
}

function depth(path: string): number {
	return path.split("/").filter(Boolean).length;
}

function argumentsOf(mount: Mount): string[] {
	switch (mount.kind) {
		case "read-only":
			return ["--ro-bind", mount.from, mount.to];
		case "writable":
			return ["--bind", mount.from, mount.to];
		case "empty":
			return ["--tmpfs", mount.to];
		case "hidden-file":
			return ["--ro-bind", "/dev/null", mount.to];
		case "link":
			return ["--symlink", mount.target, mount.to];
	}
}

function probe(): Promise<SandboxProbe> {
	const [program = "", ...args] = bubblewrapCommand(
		{ mounts: systemMounts({ network: false }), cwd: "/", network: false },
		["/bin/true"],
	);
	return new Promise((resolve) => {
		let said = "";
		const child = spawn(program, args, {
			stdio: ["ignore", "ignore", "pipe"],
			timeout: probeMs,
			killSignal: "SIGKILL",
			env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin" },
		});
		child.stderr.setEncoding("utf8").on("data", (text: string) => {
			said = `${said}${text}`.slice(-1_000);
		});
		child.once("error", () => resolve({ kind: "missing", why: notInstalled }));
		child.once("close", (code) => {
			if (code === 0) resolve({ kind: "available" });
			else resolve({ kind: "missing", why: `${cannotRun} It said: ${said.trim() || `exit code ${code}`}` });
		});
	});
}

const notInstalled =
	"bubblewrap is not installed, so nothing can be run in a sandbox. Install it (the package is called bubblewrap), or switch the sandbox off by name.";
const cannotRun =
	"bubblewrap is installed but cannot make a sandbox here; mostly user namespaces are forbidden (sysctl kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns). Allow them, or switch the sandbox off by name.";

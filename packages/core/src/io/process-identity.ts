/**
 * Who holds a lock, in a form that lets another process on the same machine tell that the holder is gone: a process
 * id alone is not enough, because ids are used again, at the latest after a reboot.
 */
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

let mine: string | undefined;

/** `<pid>-<start>-<boot>-<namespace>`, fit for a file name. */
export function myIdentity(): string {
	mine ??= [process.pid, startOf(process.pid) ?? "0", bootId(), pidNamespace()].join("-");
	return mine;
}

/** Tells threads, and copies of this module, of one process apart. */
const copy = randomBytes(4).toString("hex");
let names = 0;

/** A name for one holding or one temporary file: begins with the identity, and is given only once. */
export function uniqueName(): string {
	return `${myIdentity()}-${copy}${++names}`;
}

export function pidOf(identity: string): number {
	return Number(identity.split("-", 1)[0]);
}

/**
 * True only where it is certain. A holder in another pid namespace (a container that shares the directory) cannot be
 * seen from here, so it is never "gone" before its time has run out.
 */
export function isGone(identity: string): boolean {
	const [pidText, start, boot, namespace] = identity.split("-");
	const pid = Number(pidText);
	if (!Number.isSafeInteger(pid) || pid <= 0) return false;
	if (boot !== bootId()) return true;
	if (namespace !== pidNamespace()) return false;
	if (!isAlive(pid)) return true;
	const now = startOf(pid);
	return now !== undefined && start !== "0" && now !== start;
}

/** False once the process cannot run another instruction: not there, or a zombie whose last thread has ended. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch (error) {
		// EPERM: somebody else's, and alive.
		return (error as NodeJS.ErrnoException).code !== "ESRCH";
	}
	return !isEmptyZombie(pid);
}

function isEmptyZombie(pid: number): boolean {
	try {
		if (statFields(pid)?.[0] !== "Z") return false;
		return readdirSync(`/proc/${pid}/task`).length <= 1;
	} catch {
		// No /proc (another system), or gone between the two looks: the signal above has the last word.
		return false;
	}
}

/** Start time in clock ticks since boot; undefined where /proc does not tell. */
function startOf(pid: number): string | undefined {
	return statFields(pid)?.[19];
}

/** The fields of /proc/<pid>/stat from the state on; the command before it may hold spaces and brackets. */
function statFields(pid: number): string[] | undefined {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, "utf8");
		return text.slice(text.lastIndexOf(")") + 2).split(" ");
	} catch {
		return undefined;
	}
}

let boot: string | undefined;

function bootId(): string {
	if (boot === undefined) {
		try {
			boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").replaceAll("-", "").trim().slice(0, 12);
		} catch {
			boot = "x";
		}
	}
	return boot;
}

let namespaceId: string | undefined;

function pidNamespace(): string {
	if (namespaceId === undefined) {
		try {
			namespaceId = readlinkSync("/proc/self/ns/pid").replace(/\D/g, "");
		} catch {
			namespaceId = "x";
		}
	}
	return namespaceId;
}

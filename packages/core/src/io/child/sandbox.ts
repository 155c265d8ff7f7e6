/** What a program sees in a sandbox: nothing but what is listed. What is not listed is absent, not merely forbidden. */

export interface Sandbox {
	/** In any order; whatever lies inside of another is laid over it. */
	readonly mounts: readonly Mount[];
	readonly cwd: string;
	readonly network: boolean;
	/** A file descriptor on which the maker of the sandbox tells the program's exit code; the program does not get it. */
	readonly statusFd?: 3;
}

export type Mount =
	| { readonly kind: "read-only" | "writable"; readonly from: string; readonly to: string }
	/** A folder of its own: empty, writable, and gone afterwards. It lies in memory, and takes `scratchBytesMax`. */
	| { readonly kind: "empty"; readonly to: string }
	| { readonly kind: "link"; readonly target: string; readonly to: string };

/** Every sandbox has a private /tmp. They are mounted one after the other, so the outer ones go first; those of one place as they were listed. */
export function mountsInOrder({ mounts }: Sandbox): Mount[] {
	return [{ kind: "empty" as const, to: "/tmp" }, ...mounts].sort((a, b) => depth(a.to) - depth(b.to));
}

function depth(path: string): number {
	return path.split("/").filter(Boolean).length;
}

/** Room for a test run's temporary files; by default the kernel gives half of the memory to each such folder. */
export const scratchBytesMax = 2 * 1024 ** 3;
/** Every system has this user, and it owns nothing. Others than root keep theirs. */
export const nobody = 65_534;
/** In /proc, and written by root's own processes without any capability: with one line there the machine is taken over. */
export const kernelSwitches = ["/proc/sys", "/proc/irq", "/proc/bus", "/proc/sysrq-trigger"];

/**
 * Limits that the kernel keeps by itself: the size of a file, open descriptors, no core dumps; and whom it ends first
 * when memory runs out. They are set by small programs that then become the command; no shell reads it.
 *
 * Memory and the number of processes are not among them. RLIMIT_AS and RLIMIT_DATA count what is reserved, and Node
 * reserves 200 GB, Claude Code 6 GB of private memory, of which either uses a hundredth; a limit above that bounds
 * nothing, and both are for one process, not for all. RLIMIT_NPROC counts all processes of a user, and none of root's.
 * Groups of the kernel's (cgroups) would do, but only root or systemd may make them. So these two are watched
 * (`usage.ts`).
 */
import { readFileSync } from "node:fs";
import { systemTool } from "./system-tool.ts";

export type Held =
	| { readonly kind: "held"; readonly command: readonly string[] }
	| { readonly kind: "missing"; readonly why: string };

export function heldCommand(command: readonly string[], { fileBytesMax }: { readonly fileBytesMax?: number }): Held {
	// Elsewhere than on Linux there are no such programs, and no sandbox either.
	if (fileBytesMax === undefined || process.platform !== "linux") return { kind: "held", command };
	const prlimit = systemTool("prlimit");
	const choom = systemTool("choom");
	if (prlimit.kind === "missing") return prlimit;
	if (choom.kind === "missing") return choom;
	const files = Math.min(openFilesMax, mostOpenFiles());
	const limits = [`--fsize=${fileBytesMax}`, `--nofile=${files}`, "--core=0"];
	return { kind: "held", command: [prlimit.path, ...limits, "--", choom.path, "-n", "1000", "--", ...command] };
}

/** A watcher of a large tree has some ten thousand. */
const openFilesMax = 32_768;

/** More than one has oneself one may not give. */
function mostOpenFiles(): number {
	const most = /^Max open files\s+\d+\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1];
	return most === undefined ? openFilesMax : Number(most);
}

/**
 * Watches what all processes of a run take together, since no limit of the kernel's does (`kernel-limits.ts`). A look at
 * every process costs some milliseconds and is due once a second; between, one glance at two small files tells whether
 * the whole machine has more threads or less memory than at the last look, and then the look comes at once. So a run
 * that takes gigabytes or forks without end is met within a tenth of a second, and what cannot be counted so (files in
 * memory that nobody has mapped) is left to the kernel, which ends the runs first when memory runs out.
 */
import { readFileSync } from "node:fs";
import { systemClock } from "../clock.ts";
import type { Seen } from "./processes.ts";

export interface UsageLimits {
	/** Of all its processes together: their own memory, not what they share with others. */
	readonly memoryBytesMax?: number;
	/** Of all its processes together; each has at least one. */
	readonly threadsMax?: number;
}

export type Excess = { readonly kind: "too-much-memory" } | { readonly kind: "too-many-threads" };

export function watchUsage(
	{ memoryBytesMax = Number.POSITIVE_INFINITY, threadsMax = Number.POSITIVE_INFINITY }: UsageLimits,
	run: { readonly processes: () => readonly Seen[]; readonly count: () => number },
): () => Excess | undefined {
	if (Math.min(memoryBytesMax, threadsMax) === Number.POSITIVE_INFINITY) return () => undefined;
	let last = { at: Number.NEGATIVE_INFINITY, ...glance() };
	return () => {
		const at = systemClock.watch();
		const { threads, freeBytes } = glance();
		const forks = threads - last.threads > threadsMax * worthALook;
		const eats = last.freeBytes - freeBytes > memoryBytesMax * worthALook;
		if (!forks && !eats && at - last.at < lookEveryMs) return undefined;
		last = { at, threads, freeBytes };
		if (forks && run.count() > threadsMax) return { kind: "too-many-threads" };
		const found = run.processes();
		if (sum(found, ({ threads }) => threads) > threadsMax) return { kind: "too-many-threads" };
		// The first sum counts several times what they share, and costs a hundredth of the second.
		const over = sum(found, mappedBytes) > memoryBytesMax && sum(found, ownBytes) > memoryBytesMax;
		return over ? { kind: "too-much-memory" } : undefined;
	};
}

const lookEveryMs = 1_000;
/** So much of what is allowed, taken since the last look by whomever, and it is time for the next. */
const worthALook = 1 / 8;

/** Of the whole machine. */
function glance(): { readonly threads: number; readonly freeBytes: number } {
	return {
		threads: Number(/\/(\d+) /.exec(read("/proc/loadavg"))?.[1] ?? 0),
		freeBytes: Number(/^MemAvailable:\s+(\d+)/m.exec(read("/proc/meminfo"))?.[1] ?? 0) * 1024,
	};
}

function sum(processes: readonly Seen[], of: (process: Seen) => number): number {
	return processes.reduce((total, process) => total + of(process), 0);
}

function mappedBytes({ pid }: Seen): number {
	return kilobytes(read(`/proc/${pid}/status`), /^(?:RssAnon|RssShmem|VmSwap):\s+(\d+)/gm) * 1024;
}

/** What is shared counts as a share. A process that lets nobody look is taken at its word for what it has mapped. */
function ownBytes(process: Seen): number {
	const rollup = read(`/proc/${process.pid}/smaps_rollup`);
	return rollup === "" ? mappedBytes(process) : kilobytes(rollup, /^(?:Pss_Anon|Pss_Shmem|SwapPss):\s+(\d+)/gm) * 1024;
}

function kilobytes(text: string, fields: RegExp): number {
	return [...text.matchAll(fields)].reduce((total, [, field]) => total + Number(field), 0);
}

/** Empty where it ended just now, may not be looked at, or there is no /proc: then there is nothing to count. */
function read(path: string): string {
	try {
		return readFileSync(path, "latin1");
	} catch {
		return "";
	}
}

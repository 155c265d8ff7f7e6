/** What Linux says of the machine, parsed. Every function takes text, so that any machine can be tested on any other. */

export interface Memory {
	readonly usedBytes: number;
	readonly limitBytes: number;
	readonly usedShare: number;
	readonly boundBy: "cgroup" | "machine";
}

/** How tight memory is. */
export interface Machine {
	readonly memory: Memory;
	/** Share of the last ten seconds in which something waited for memory; null where the kernel does not say. */
	readonly memoryPressure: number | null;
	/** Of the swap, how much is free; null where there is none. */
	readonly swapFreeShare: number | null;
}

/** /proc/meminfo: what is not available is used; the page cache can be given back and does not count. */
export function machineMemory(meminfo: string): Memory | undefined {
	const total = kibibytes(meminfo, "MemTotal");
	const available = kibibytes(meminfo, "MemAvailable");
	if (total === undefined || available === undefined) return undefined;
	return memory(total - available, total, "machine");
}

/** cgroup v2: `memory.max`, `memory.current`, `memory.stat`. Undefined when there is no limit. */
export function cgroupMemory(max: string, current: string, stat: string): Memory | undefined {
	const limit = Number(max.trim());
	const used = Number(current.trim());
	if (!Number.isFinite(limit) || limit <= 0 || !Number.isFinite(used)) return undefined;
	const cache = Number(/^inactive_file (\d+)$/m.exec(stat)?.[1] ?? 0);
	return memory(Math.max(0, used - cache), limit, "cgroup");
}

/** The one that runs out first. */
export function binding(one: Memory, other: Memory | undefined): Memory {
	return other !== undefined && other.usedShare > one.usedShare ? other : one;
}

/** /proc/pressure/*: share of the last ten seconds in which some task waited. */
export function pressure(text: string): number | undefined {
	const avg10 = Number(/^some avg10=([\d.]+)/m.exec(text)?.[1] ?? Number.NaN);
	return Number.isFinite(avg10) ? avg10 / 100 : undefined;
}

/** /proc/meminfo: undefined where there is no swap. */
export function swapFreeShare(meminfo: string): number | undefined {
	const total = kibibytes(meminfo, "SwapTotal");
	const free = kibibytes(meminfo, "SwapFree");
	return total === undefined || free === undefined || total === 0 ? undefined : free / total;
}

/** The cgroup v2 folder of a process, from /proc/<pid>/cgroup. */
export function cgroupFolder(text: string): string | undefined {
	const path = /^0::(\/.*)$/m.exec(text)?.[1];
	return path === undefined ? undefined : `/sys/fs/cgroup${path === "/" ? "" : path}`;
}

/** /proc/<pid>/status: resident memory. */
export function rssBytes(status: string): number | undefined {
	return kibibytes(status, "VmRSS");
}

function memory(usedBytes: number, limitBytes: number, boundBy: Memory["boundBy"]): Memory {
	return { usedBytes, limitBytes, usedShare: Math.round((usedBytes / limitBytes) * 1_000) / 1_000, boundBy };
}

function kibibytes(text: string, key: string): number | undefined {
	const found = new RegExp(`^${key}:\\s+(\\d+) kB$`, "m").exec(text)?.[1];
	return found === undefined ? undefined : Number(found) * 1024;
}

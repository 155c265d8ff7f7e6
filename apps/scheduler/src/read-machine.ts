/** What this machine says of itself. Nothing here changes anything. */
import { readFileSync } from "node:fs";
import { freemem, totalmem } from "node:os";
import { binding, cgroupFolder, cgroupMemory, type Memory, machineMemory, pressure, swapFreeShare } from "./machine.ts";

export function readMemory(): Memory {
	const total = totalmem();
	const fallback: Memory = {
		usedBytes: total - freemem(),
		limitBytes: total,
		usedShare: Math.round((1 - freemem() / total) * 1_000) / 1_000,
		boundBy: "machine",
	};
	return binding(machineMemory(text("/proc/meminfo")) ?? fallback, readCgroup());
}

function readCgroup(): Memory | undefined {
	const folder = cgroupFolder(text("/proc/self/cgroup"));
	if (folder === undefined) return undefined;
	return cgroupMemory(text(`${folder}/memory.max`), text(`${folder}/memory.current`), text(`${folder}/memory.stat`));
}

/** Undefined where the kernel does not say. */
export function readPressure(what: "cpu" | "memory" | "io"): number | undefined {
	return pressure(text(`/proc/pressure/${what}`));
}

/** Undefined where there is no swap. */
export function readSwap(): number | undefined {
	return swapFreeShare(text("/proc/meminfo"));
}

/** Empty where the system has no such file, or the process is gone: then there is nothing to say about it. */
export function text(path: string): string {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return "";
	}
}

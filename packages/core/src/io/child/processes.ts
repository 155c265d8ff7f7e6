/** What one look at /proc shows. Elsewhere than on Linux it shows nothing, and only process groups can be ended. */
import { readdirSync, readFileSync } from "node:fs";
import { isAlive } from "../process-identity.ts";

export interface Seen {
	readonly pid: number;
	readonly parent: number;
	readonly group: number;
	readonly session: number;
	readonly threads: number;
	/** In clock ticks since boot: with the pid it names one process for good. */
	readonly start: string;
}

/** All that can still run an instruction. */
export function seenProcesses(): Seen[] {
	return processIds().flatMap((pid) => seen(pid) ?? []);
}

/** Of every process of the machine. */
export function processIds(): number[] {
	try {
		return readdirSync("/proc")
			.filter((name) => /^\d+$/.test(name))
			.map(Number);
	} catch {
		return [];
	}
}

export function seen(pid: number): Seen | undefined {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, "utf8");
		// The command before the fields may hold spaces and brackets.
		const [state, parent, group, session, ...rest] = text.slice(text.lastIndexOf(")") + 2).split(" ");
		const [threads, , start] = rest.slice(13);
		if (start === undefined || (isEnding(state) && !isAlive(pid))) return undefined;
		return {
			pid,
			parent: Number(parent),
			group: Number(group),
			session: Number(session),
			threads: Number(threads),
			start,
		};
	} catch {
		// It ended between the listing and this look, or there is no /proc.
		return undefined;
	}
}

/** The run it was started for; undefined for a stranger's process, which shows its environment to its owner only. */
export function runOf(pid: number): string | undefined {
	try {
		const environ = `\0${readFileSync(`/proc/${pid}/environ`, "latin1")}`;
		const at = environ.indexOf(`\0${runVariable}=`);
		if (at < 0) return undefined;
		const from = at + runVariable.length + 2;
		const to = environ.indexOf("\0", from);
		return environ.slice(from, to < 0 ? undefined : to);
	} catch {
		return undefined;
	}
}

/**
 * What `runOf` reads: who started it, and a file or folder of the factory that it belongs to, because another factory on
 * this machine looks after its own.
 */
export function runMark(name: string, place: string): string {
	return `${name}:${place}`;
}

export function placeOf(mark: string): string {
	return mark.slice(mark.indexOf(":") + 1);
}

/** Never by the pid alone: a pid is used again, and between a look and a signal the process may have ended. */
export function signalIfSame({ pid, start }: Seen, signal: NodeJS.Signals): void {
	if (seen(pid)?.start !== start) return;
	try {
		process.kill(pid, signal);
	} catch {
		// It ended just now. One that we may not signal is found again by the next look, and told of.
	}
}

/** Every process of a run carries it in its environment, so that none is lost that left the process group. */
export const runVariable = "SHOPFLOOR_RUN";

function isEnding(state: string | undefined): boolean {
	return state === "Z" || state === "X";
}

/**
 * The inside of a sandbox, by what the kernel knows of it. Both matter when a run forks without end: looking at
 * thousands of processes one by one takes seconds that it uses to fork on.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";

/** The first process of the sandbox that a launcher makes: when it ends the kernel ends all others. */
export function firstInside(launcher: number): number | undefined {
	const [first] = read(`/proc/${launcher}/task/${launcher}/children`).split(" ");
	return first === undefined || first === "" ? undefined : Number(first);
}

/** How many processes there are in it, by one listing of its own /proc; undefined while it is being made. */
export function countInside(launcher: number): number | undefined {
	const inside = `/proc/${firstInside(launcher)}/root/proc`;
	try {
		if (statSync(inside).dev === statSync("/proc").dev) return undefined;
		return readdirSync(inside).filter((name) => /^\d/.test(name)).length;
	} catch {
		// It ended, or has no /proc yet.
		return undefined;
	}
}

function read(path: string): string {
	try {
		return readFileSync(path, "latin1");
	} catch {
		return "";
	}
}

/** Which files are spoken for. Two coders at one file are a conflict that only one of them survives. */
import { own } from "./own.ts";
import type { Change } from "./review-queue.ts";
import type { Work } from "./state/work.ts";
import type { Task } from "./task-queue.ts";

export interface Claims {
	readonly paths: ReadonlySet<string>;
	/** The folders that hold them. */
	readonly above: ReadonlySet<string>;
}

/** A path names a file or a folder, from the top of the repository; a pattern counts as the folder that it looks into. */
export function claimsOf(files: Iterable<string>): Claims {
	const paths = new Set(Array.from(files, pathOf));
	return { paths, above: new Set([...paths].flatMap(foldersAbove)) };
}

/** Equal paths meet, and so do a folder and whatever lies in it. */
export function meets({ paths, above }: Claims, file: string): boolean {
	const path = pathOf(file);
	return paths.has(path) || above.has(path) || foldersAbove(path).some((folder) => paths.has(folder));
}

/** Whoever may hold files. */
export interface Holders {
	readonly cycles: Work["cycles"];
	readonly tasks: readonly Task[];
	readonly changes: readonly Change[];
	/** Configured, and their processes run: whoever is gone does not keep others from its files. */
	readonly sessions: readonly string[];
}

/** Files that `asking` should leave alone. Its own cycle and task do not keep it from them; its own open changes do. */
export function heldFiles({ cycles, tasks, changes, sessions }: Holders, asking?: string): string[] {
	const working = sessions.filter((name) => name !== asking).flatMap((name) => own(cycles, name)?.files ?? []);
	const assigned = tasks
		.filter(({ status, session }) => status === "assigned" && session !== asking)
		.flatMap(({ files }) => files);
	const open = changes.filter(holdsFiles).flatMap(({ files }) => files ?? []);
	return [...new Set([...working, ...assigned, ...open])].sort();
}

/** On its way to the base. One that is parked waits for nobody knows how long. */
function holdsFiles({ status, approval }: Change): boolean {
	return onTheirWay.has(status) && !(status === "asked" && approval === undefined);
}

const onTheirWay: ReadonlySet<Change["status"]> = new Set(["pending", "reviewing", "asked", "approved", "landing"]);

/** Empty for the whole repository. */
function pathOf(file: string): string {
	const parts = file.split("/").filter((part) => part !== "" && part !== ".");
	const pattern = parts.findIndex((part) => part.includes("*"));
	return (pattern < 0 ? parts : parts.slice(0, pattern)).join("/");
}

function foldersAbove(path: string): string[] {
	if (path === "") return [];
	const parts = path.split("/");
	return parts.map((_, depth) => parts.slice(0, depth).join("/"));
}

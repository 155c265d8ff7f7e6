/** Files that are somebody else's for now: those of running cycles, and of changes that wait to land. Pure. */
import type { Change, FactoryState } from "@shopfloor/core";

const openStatuses = new Set<Change["status"]>(["pending", "reviewing", "asked", "approved", "landing"]);

/** Waits to be reviewed, answered for, or landed. */
export function isOpen({ status }: Change): boolean {
	return openStatuses.has(status);
}

export function heldFiles({ work }: FactoryState, changes: readonly Change[], session: string): string[] {
	const claimed = Object.entries(work.cycles).flatMap(([name, { files }]) => (name === session ? [] : (files ?? [])));
	const waiting = changes.filter(isOpen).flatMap(({ files }) => files ?? []);
	return [...new Set([...claimed, ...waiting])].sort();
}

/** Those of ours that meet one of theirs: the same file, or a folder with it inside. */
export function meeting(ours: readonly string[], theirs: readonly string[]): string[] {
	return ours.filter((one) => theirs.some((other) => one === other || isIn(one, other) || isIn(other, one)));
}

function isIn(path: string, folder: string): boolean {
	return path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

/** Files that are somebody else's for now, as the scheduler sees it, too. */
import { type Change, claimsOf, type FactoryState, heldFiles, meets, own, processNames } from "@shopfloor/core";
import type { World } from "@shopfloor/core/io";

const open = new Set<Change["status"]>(["pending", "reviewing", "asked", "approved", "landing"]);

/** Waits to be reviewed, answered for, or landed. */
export function isOpen({ status }: Change): boolean {
	return open.has(status);
}

/** `except` is a commit of our own that may be in the queue already: nobody is in their own way. */
export async function heldByOthers(
	{ floor, config, name }: World,
	{ work, processes }: FactoryState,
	except?: string,
): Promise<string[]> {
	const { tasks } = (await floor.tasks.read()).value;
	const changes = (await floor.reviews.read()).value.changes.filter(({ commit }) => commit !== except);
	const sessions = processNames(config).filter((session) => own(processes, session)?.status === "running");
	return heldFiles({ cycles: work.cycles, tasks, changes, sessions }, name);
}

/** Those of ours that meet one of theirs: the same file, a folder with it inside, a pattern that takes both. */
export function meeting(ours: readonly string[], theirs: readonly string[]): string[] {
	const claims = claimsOf(theirs);
	return ours.filter((file) => meets(claims, file));
}

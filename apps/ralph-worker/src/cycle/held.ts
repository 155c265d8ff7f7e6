/** Files that are somebody else's for now, as the scheduler sees it, too. */
import { type Change, claimsOf, type FactoryState, heldFiles, meets, processNames } from "@shopfloor/core";
import type { World } from "@shopfloor/core/io";
import { takenSeats } from "@shopfloor/core/person";

const open = new Set<Change["status"]>(["pending", "reviewing", "asked", "approved", "landing"]);

/** Waits to be reviewed, answered for, or landed. */
export function isOpen({ status }: Change): boolean {
	return open.has(status);
}

/**
 * Of a session that is not there, only what is in the queues: one that died and is not started again would keep its files
 * for ever. `except` is a commit of our own that may be in the queue already: nobody is in their own way.
 */
export async function heldByOthers(
	{ floor, config, name }: World,
	{ work }: FactoryState,
	except?: string,
): Promise<string[]> {
	const { tasks } = (await floor.tasks.read()).value;
	const changes = (await floor.reviews.read()).value.changes.filter(({ commit }) => commit !== except);
	const seats = await takenSeats(floor);
	const sessions = processNames(config).filter((session) => seats[session] !== undefined);
	return heldFiles({ cycles: work.cycles, tasks, changes, sessions }, name);
}

/** Those of ours that meet one of theirs: the same file, a folder with it inside, a pattern that takes both. */
export function meeting(ours: readonly string[], theirs: readonly string[]): string[] {
	const claims = claimsOf(theirs);
	return ours.filter((file) => meets(claims, file));
}

/** What the reviewer does to the queue. A change that left it, or was moved on already, is left as it is. */
import type { Change } from "@shopfloor/core";
import { instant, type World } from "@shopfloor/core/io";

type Status = Change["status"];

/** From any status from which that is lawful; where it is there already only the patch counts. */
export async function move(
	world: World,
	id: string,
	status: Status,
	patch: Partial<Omit<Change, "id" | "status">> = {},
): Promise<void> {
	await note(world, id, (change) => ({ ...change, ...patch, status }));
}

export async function note(world: World, id: string, noted: (change: Change) => Change): Promise<void> {
	const changed = instant(world.clock.now());
	await world.floor.reviews.update((queue) => ({
		changes: queue.changes.map((change) => (change.id === id ? { ...noted(change), changed } : change)),
	}));
}

export async function openChanges({ floor }: Pick<World, "floor">): Promise<readonly Change[]> {
	return (await floor.reviews.read()).value.changes;
}

/** What people said and what a dead predecessor left: read off the floor alone, neither git nor the target is asked. */
import type { Task } from "@shopfloor/core";
import type { Turn, World } from "@shopfloor/core/io";
import type { Snapshot } from "./decide.ts";
import { memoryOf } from "./memory.ts";

export async function observe(world: World, { because }: Pick<Turn, "because">): Promise<Snapshot> {
	const { changes } = (await world.floor.reviews.read()).value;
	const { dossiers, heard } = (await memoryOf(world).read()).value;
	const cancelled = cancelledIn((await world.floor.tasks.read()).value.tasks);
	return { nowMs: world.clock.now(), changes, dossiers, heard, because, cancelled };
}

function cancelledIn(tasks: readonly Task[]): Snapshot["cancelled"] {
	return Object.fromEntries(
		tasks.flatMap(({ id, status, reason }) => (status === "cancelled" ? [[id, reason ?? status]] : [])),
	);
}

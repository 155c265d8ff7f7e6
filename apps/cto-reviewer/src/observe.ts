/** What people said and what a dead predecessor left: read off the floor alone, neither git nor the target is asked. */
import type { Turn, World } from "@shopfloor/core/io";
import type { Snapshot } from "./decide.ts";
import { memoryOf } from "./memory.ts";

export async function observe(world: World, { because }: Turn): Promise<Snapshot> {
	const { changes } = (await world.floor.reviews.read()).value;
	const { dossiers, heard } = (await memoryOf(world).read()).value;
	return { nowMs: world.clock.now(), changes, dossiers, heard, because };
}

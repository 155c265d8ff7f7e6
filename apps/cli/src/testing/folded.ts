import type { Draft, FactoryState } from "@shopfloor/core";
import { currentState } from "@shopfloor/core/io";
import { fakeClock, memoryFloor } from "@shopfloor/core/testing";

/** The state after these entries, each written a minute after the one before; the first one at 08:00. */
export async function folded(...drafts: readonly Draft[]): Promise<FactoryState> {
	const clock = fakeClock();
	const floor = memoryFloor(clock);
	for (const draft of drafts) {
		await floor.log.append([draft]);
		clock.stall(60_000);
	}
	return await currentState(floor);
}

import { currentState } from "../io/work-loop.ts";
import type { Draft } from "../model/entry.ts";
import type { FactoryState } from "../model/factory-state.ts";
import { fakeClock } from "./fake-clock.ts";
import { memoryFloor } from "./memory-floor.ts";

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

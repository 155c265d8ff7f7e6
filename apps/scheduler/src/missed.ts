/** Where the scheduler remembers whom it misses. */
import type { World } from "@shopfloor/core/io";
import type { Missed } from "./decide.ts";

export const missedKey = "notes/scheduler";

export async function readMissed({ floor }: World): Promise<Missed> {
	return ((await floor.records.get(missedKey)).value as Missed | undefined) ?? {};
}

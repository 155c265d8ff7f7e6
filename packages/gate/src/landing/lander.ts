import { type Lease, pidOf } from "@shopfloor/core/io";
import { type LandingSite, laneOf } from "./site.ts";

export interface LanderOptions {
	readonly signal?: AbortSignal | undefined;
	/** Told once, when another has to end first; by the numbers of their processes. */
	readonly waits?: (holders: readonly number[]) => void;
}

/** One at a time for one base branch, whoever it is and whatever it publishes. */
export async function holdLander(site: LandingSite, { signal, waits }: LanderOptions): Promise<Lease> {
	return await site.leases.hold(`lander-${laneOf(site)}`, {
		slots: 1,
		ttlMs: 60_000,
		waits: (slots) => waits?.(slots.map(({ holder }) => pidOf(holder))),
		...(signal ? { signal } : {}),
	});
}

/** A base that moves more often while one tree is checked is moved by a machine; the changes wait for the next time. */
export const racesMax = 5;

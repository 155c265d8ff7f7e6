/** Who is really there. A process holds its seat from before its first entry until after its last. */
import { currentState, type Floor, isGone, pidOf } from "../io/index.ts";
import { type Answerer, type Presence, presenceOf } from "./asking/answerer.ts";
import type { Seats } from "./status/process-sight.ts";

const prefix = "leases/";
const seat = "process-";

export async function takenSeats({ leases, records }: Pick<Floor, "leases" | "records">): Promise<Seats> {
	const names = (await records.keys(prefix))
		.map((key) => key.slice(prefix.length))
		.filter((name) => name.startsWith(seat));
	const found = await Promise.all(
		names.map(async (name) => {
			const living = (await leases.held(name)).find(({ holder }) => !isGone(holder));
			return living === undefined ? [] : [[name.slice(seat.length), pidOf(living.holder)] as const];
		}),
	);
	return Object.fromEntries(found.flat());
}

/** Whether somebody who answers is there now. It folds the log: whoever follows that anyway asks `presenceOf`. */
export async function lookFor(
	floor: Pick<Floor, "log" | "leases" | "records">,
	answerer: Answerer,
	nowMs: number,
): Promise<Presence> {
	return presenceOf(answerer, await currentState(floor), await takenSeats(floor), nowMs);
}

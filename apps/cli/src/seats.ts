/** Who is really there. A process holds its seat from before its first entry until after its last. */
import { type Floor, isGone, pidOf } from "@shopfloor/core/io";

/** Pid of the living process in each seat, by the process's name. */
export type Seats = Readonly<Record<string, number>>;

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

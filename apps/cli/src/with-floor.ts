import { type FileFloor, openFloor } from "@shopfloor/core/io";
import type { Context } from "./context.ts";

type Where = Pick<Context, "places" | "clock">;

/** Opens the floor for as long as `work` takes, to look at it: that works on a disk that cannot be written, too. */
export async function withFloor<T>(where: Where, work: (floor: FileFloor) => Promise<T>): Promise<T> {
	return await opened(where, "look", work);
}

/** The same, to change something. */
export async function changingFloor<T>(where: Where, work: (floor: FileFloor) => Promise<T>): Promise<T> {
	return await opened(where, "work", work);
}

async function opened<T>(
	{ places, clock }: Where,
	use: "look" | "work",
	work: (floor: FileFloor) => Promise<T>,
): Promise<T> {
	const floor = openFloor({ stateDir: places.state, clock, use });
	try {
		return await work(floor);
	} finally {
		await floor.close();
	}
}

import { type FileFloor, openFloor } from "@shopfloor/core/io";
import type { Context } from "./context.ts";

/** Opens the floor for as long as `work` takes. */
export async function withFloor<T>(
	{ places, clock }: Pick<Context, "places" | "clock">,
	work: (floor: FileFloor) => Promise<T>,
): Promise<T> {
	const floor = openFloor({ stateDir: places.state, clock });
	try {
		return await work(floor);
	} finally {
		await floor.close();
	}
}

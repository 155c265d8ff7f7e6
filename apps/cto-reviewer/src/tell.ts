/** An alert, unless the same was told within a day. */
import { type DataOf, type FactoryState, toMs } from "@shopfloor/core";
import type { World } from "@shopfloor/core/io";

export async function tellOnce(world: World, { steering }: FactoryState, data: DataOf<"alert">): Promise<void> {
	const { floor, clock, name } = world;
	const isTold = steering.alerts.some(
		({ code, message, at }) => code === data.code && message === data.message && clock.now() - toMs(at) < dayMs,
	);
	if (!isTold) await floor.log.append([{ type: "alert", by: name, data }]);
}

const dayMs = 24 * 60 * 60_000;

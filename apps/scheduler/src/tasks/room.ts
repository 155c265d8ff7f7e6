/** For how many more agents there is memory. Pure. */
import { own } from "@shopfloor/core";
import { roomFor } from "./hold.ts";
import type { Sight } from "./sight.ts";

/** Where no agent runs there is room for one, or a footprint larger than the machine would stop the factory for a day. */
export function roomNow(sight: Sight): number {
	const room = roomFor(sight.machine, sight.memoryShare, sight.footprintBytes);
	return isAnyAtWork(sight) ? room : Math.max(1, room);
}

/** Their memory is not in use yet, and spoken for. */
export function aboutToBegin({ tasks, state }: Pick<Sight, "tasks" | "state">): number {
	return tasks.filter(({ status, session }) => status === "assigned" && !own(state.work.cycles, session ?? "")).length;
}

function isAnyAtWork({ sessions, absentMs, tasks, state }: Sight): boolean {
	const isAtWork = (name: string) => own(state.work.cycles, name) !== undefined && own(absentMs, name) === undefined;
	return (
		sessions.some(isAtWork) ||
		tasks.some(({ status }) => status === "assigned") ||
		Object.keys(state.spending.open).length > 0
	);
}

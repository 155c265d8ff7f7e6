/** The factory at a glance, and what to do about what is wrong. What `--json` prints. */
import type { FactoryState } from "@shopfloor/core";
import type { FileFloor } from "@shopfloor/core/io";
import { type Status as Factory, observe, type Snapshot, statusOf } from "@shopfloor/core/person";
import type { Context } from "../context.ts";
import { inPm2Of } from "./in-pm2.ts";
import { type InPm2, type NextStep, nextSteps } from "./next-steps.ts";

export interface Status extends Omit<Factory, "needs"> {
	/** The most pressing first. */
	readonly next: readonly NextStep[];
}

/** `state` is the fold of the log so far; the rest is looked up now. */
export async function lookAtStatus(context: Context, floor: FileFloor, state: FactoryState): Promise<Status> {
	const { places, clock } = context;
	return statusWithSteps(await observe(floor, state, places.config, clock), await inPm2Of(context, floor));
}

export function statusWithSteps(snapshot: Snapshot, inPm2: InPm2): Status {
	const { needs, ...status } = statusOf(snapshot);
	return { ...status, next: nextSteps(needs, inPm2) };
}

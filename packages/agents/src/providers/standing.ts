import { type FactoryState, toMs } from "@shopfloor/core";

type Pause = FactoryState["steering"]["pauses"][string];

/** The pause or stop of this very scope that holds at this moment. */
export function standingPause({ steering: { pauses } }: FactoryState, scope: string, nowMs: number): Pause | undefined {
	const pause = Object.hasOwn(pauses, scope) ? pauses[scope] : undefined;
	return pause?.until !== undefined && toMs(pause.until) <= nowMs ? undefined : pause;
}

/** Whether to tell of those who were turned away. */
import { type DataOf, type FactoryState, toMs } from "@shopfloor/core";
import { manyRefused } from "./messages.ts";

export interface Snapshot {
	readonly nowMs: number;
	readonly refused: {
		readonly count: number;
		readonly from: readonly (readonly [address: string, count: number])[];
	};
	readonly alerts: FactoryState["steering"]["alerts"];
}

export interface Action {
	readonly alert: DataOf<"alert">;
	readonly told: Snapshot["refused"];
}

export function decide({ nowMs, refused, alerts }: Snapshot): Action[] {
	if (refused.count < worthTelling) return [];
	const isTold = alerts.some(({ code, at }) => code === "http-refused" && nowMs - toMs(at) < hourMs);
	return isTold ? [] : [{ alert: manyRefused(refused.count, refused.from[0]?.[0]), told: refused }];
}

/** Fewer are somebody who mistyped, or a program that goes on with yesterday's token. */
const worthTelling = 20;
const hourMs = 60 * 60_000;

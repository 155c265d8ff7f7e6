/** Calls that nobody will settle any more, as drafts that do: for what was reserved, because nobody knows better. Pure. */
import { type Draft, type FactoryState, type Reservation, toMs } from "@shopfloor/core";
import { settlementId } from "./settlement.ts";

export function lostCalls(
	{ spending }: FactoryState,
	{ by, nowMs, isGone }: { readonly by: string; readonly nowMs: number; readonly isGone: (owner: string) => boolean },
): Draft[] {
	return Object.entries(spending.open)
		.filter(([, { owner, until }]) => isGone(owner) || toMs(until) < nowMs)
		.map(([call, reservation]) => lostSettlementOf(call, reservation, by, nowMs));
}

function lostSettlementOf(call: string, reservation: Reservation, by: string, nowMs: number): Draft {
	const { usd, until: _until, owner: _owner, day: _day, at, seq: _seq, ...who } = reservation;
	return {
		type: "agent_called",
		by,
		id: settlementId(call),
		data: {
			call,
			...who,
			usd,
			estimated: true,
			inputTokens: 0,
			cachedTokens: 0,
			outputTokens: 0,
			durationMs: Math.max(0, nowMs - toMs(at)),
			outcome: "lost",
		},
	};
}

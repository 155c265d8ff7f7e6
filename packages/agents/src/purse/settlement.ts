/** The entries that settle a call. Pure. */
import { type DataOf, type Draft, showUsd } from "@shopfloor/core";
import type { Outcome } from "../port/outcome.ts";
import type { Charge } from "./charge.ts";
import type { Request } from "./decide.ts";

export interface Reserved {
	readonly kind: "reserved";
	readonly call: string;
	/** With the dollars that are reserved. */
	readonly request: Request;
	/** Dollars that the program may be told to stop at; the rest is for the turn by which it overshoots. */
	readonly limitUsd: number;
	/** By this process's watch. */
	readonly startedAt: number;
}

export function settlementOf(
	{ call, request, startedAt }: Reserved,
	outcome: Outcome,
	{ doubt, ...charged }: Charge,
	{ by, watchMs }: { readonly by: string; readonly watchMs: number },
): Draft[] {
	const { wallMs: _wall, usd: reservedUsd, ...who } = request;
	const data: DataOf<"agent_called"> = {
		// What costs nothing was not reserved.
		...(reservedUsd > 0 ? { call } : {}),
		...who,
		...charged,
		durationMs: Math.max(0, watchMs - startedAt),
		outcome: outcome.kind,
		...("code" in outcome ? { code: outcome.code } : {}),
	};
	const settled: Draft = { type: "agent_called", by, id: settlementId(call), data };
	return doubt === undefined ? [settled] : [settled, alertOf(call, who, charged.usd, doubt, by)];
}

/** The same for everybody who settles a call, so that one of them does. */
export function settlementId(call: string): string {
	return `call:${call}`;
}

function alertOf(
	call: string,
	{ agent, role }: Pick<Request, "agent" | "role">,
	usd: number,
	doubt: string,
	by: string,
): Draft {
	const message = `what ${agent} reported for a call as ${role} cannot be: ${doubt}. ${showUsd(usd)} are charged in its place.`;
	const data = { code: "absurd-usage", severity: "warning", message, subject: agent } as const;
	return { type: "alert", by, id: `absurd:${call}`, data };
}

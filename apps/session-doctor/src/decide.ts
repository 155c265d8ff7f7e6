import { type DataOf, type FactoryState, toMs } from "@shopfloor/core";
import { gone, hung, logDamaged, logUnread, slow } from "./messages.ts";

export interface Pulse {
	readonly name: string;
	readonly pid: number;
	readonly silentForMs: number;
	/** `hung`: not even the timer runs. `slow`: it does, the loop says nothing. `gone`: there is no such process. */
	readonly sign: "hung" | "slow" | "gone";
	/** The holder of its lease; only this process, started at this moment, may be ended. */
	readonly identity: string | undefined;
}

export interface Snapshot {
	readonly state: FactoryState;
	readonly nowMs: number;
	readonly pulses: readonly Pulse[];
}

/** What came of reading the whole log. */
export interface Verification {
	readonly bad?: { readonly seq: number; readonly where: string; readonly what: string };
	/** Why it could not be read. */
	readonly unread?: { readonly where: string; readonly what: string };
}

export type Action =
	| { readonly kind: "alert"; readonly alert: DataOf<"alert"> }
	/** Ends a process that hangs; PM2 starts it again. */
	| { readonly kind: "end"; readonly identity: string; readonly alert: DataOf<"alert"> }
	| { readonly kind: "note-verified" };

/** Never ends what shows life. */
export function decide({ state, nowMs, pulses }: Snapshot): Action[] {
	return pulses.flatMap((pulse): Action[] => {
		if (pulse.sign === "hung" && pulse.identity !== undefined)
			return [{ kind: "end", identity: pulse.identity, alert: hung(pulse.name, pulse.pid, pulse.silentForMs) }];
		const alert = pulse.sign === "slow" ? slow(pulse.name, pulse.silentForMs) : gone(pulse.name, pulse.silentForMs);
		return said(state, alert, nowMs - pulse.silentForMs) ? [] : [{ kind: "alert", alert }];
	});
}

/** What cannot be read today is noted all the same, and so told again tomorrow and not at every turn. */
export function judgeLog(verification: Verification | undefined): Action[] {
	if (verification === undefined) return [];
	const { bad, unread } = verification;
	const alerts = [
		...(bad === undefined ? [] : [logDamaged(bad)]),
		...(unread === undefined ? [] : [logUnread(unread)]),
	];
	return [...alerts.map((alert): Action => ({ kind: "alert", alert })), { kind: "note-verified" }];
}

/** Once per silence. */
function said(state: FactoryState, alert: DataOf<"alert">, sinceMs: number): boolean {
	return state.steering.alerts.some(
		({ code, message, at }) => code === alert.code && message.startsWith(`${alert.subject} `) && toMs(at) >= sinceMs,
	);
}

import type { Entry } from "../entry.ts";
import { own } from "../own.ts";

export interface Pause {
	readonly kind: "pause" | "stop";
	readonly reason: string;
	readonly by: string;
	readonly at: string;
	readonly until?: string;
}

export interface Alert {
	readonly seq: number;
	readonly at: string;
	readonly by: string;
	readonly code: string;
	readonly severity: "note" | "warning" | "error";
	readonly message: string;
}

/** What people and alarms have said that still holds. */
export interface Steering {
	/** By scope; `all` is the whole factory. */
	readonly pauses: Readonly<Record<string, Pause>>;
	/** Triggers that nobody has answered yet, by seq. */
	readonly triggers: Readonly<Record<string, { readonly what: string; readonly source: string; readonly at: string }>>;
	readonly alerts: readonly Alert[];
}

export const noSteering: Steering = { pauses: {}, triggers: {}, alerts: [] };

const alertsKept = 20;
const triggersKept = 100;

export function foldSteering(steering: Steering, entry: Entry): Steering {
	switch (entry.type) {
		case "paused": {
			const { scope, kind, reason, until } = entry.data;
			// A pause must not soften a stop that stands.
			if (own(steering.pauses, scope)?.kind === "stop" && kind === "pause") return steering;
			const pause = { kind, reason, by: entry.by, at: entry.ts, ...(until === undefined ? {} : { until }) };
			return { ...steering, pauses: { ...steering.pauses, [scope]: pause } };
		}
		case "resumed": {
			const { [entry.data.scope]: _lifted, ...pauses } = steering.pauses;
			return { ...steering, pauses };
		}
		case "trigger": {
			const { what, source } = entry.data;
			const triggers: Steering["triggers"] = { ...steering.triggers, [entry.seq]: { what, source, at: entry.ts } };
			return { ...steering, triggers: Object.fromEntries(Object.entries(triggers).slice(-triggersKept)) };
		}
		case "trigger_done": {
			const { [entry.data.trigger]: _answered, ...triggers } = steering.triggers;
			return { ...steering, triggers };
		}
		case "alert": {
			const { code, severity, message } = entry.data;
			const alert = { seq: entry.seq, at: entry.ts, by: entry.by, code, severity, message };
			return { ...steering, alerts: [...steering.alerts, alert].slice(-alertsKept) };
		}
		default:
			return steering;
	}
}

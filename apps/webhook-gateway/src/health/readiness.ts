/** Whether the factory can do its work: what is missing, by name. Pure. */
import { type FactoryState, own, silentSince } from "@shopfloor/core";

export interface Sight {
	readonly state: FactoryState;
	/** Processes that should run. */
	readonly expected: readonly string[];
	readonly heartbeatMs: number;
	readonly nowMs: number;
	/** Null where the disk cannot be written. */
	readonly freeBytes: number | null;
}

export interface Readiness {
	readonly ready: boolean;
	readonly failing: readonly {
		readonly what: "absent" | "ended" | "parked" | "silent" | "read-only" | "disk-full";
		/** A process's name. */
		readonly subject?: string;
	}[];
}

export function readinessOf({ state, expected, heartbeatMs, nowMs, freeBytes }: Sight): Readiness {
	const processes = expected.flatMap((name): Readiness["failing"] => {
		const process = own(state.processes, name);
		if (process === undefined) return [{ what: "absent", subject: name }];
		if (process.status !== "running")
			return [{ what: process.status === "parked" ? "parked" : "ended", subject: name }];
		return silentSince(state, name, heartbeatMs, nowMs) === undefined ? [] : [{ what: "silent", subject: name }];
	});
	const disk: Readiness["failing"] =
		freeBytes === null ? [{ what: "read-only" }] : freeBytes < freeLeastBytes ? [{ what: "disk-full" }] : [];
	const failing = [...processes, ...disk];
	return { ready: failing.length === 0, failing };
}

/** What the log, the queues and a landing need for a while. */
const freeLeastBytes = 32 * 2 ** 20;

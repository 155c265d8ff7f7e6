/**
 * What a process is at this moment. The log says what it said last; whether somebody sits in its seat is seen. What
 * is seen outranks what was said: a killed process never says goodbye.
 */
import type { FactoryState } from "../../model/factory-state.ts";
import { silentSince } from "../../model/silence.ts";
import { wasToldToEnd } from "../../model/state/processes.ts";

/** Pid of the living process in each seat, by the process's name. */
export type Seats = Readonly<Record<string, number>>;

export type Sign =
	| "running"
	/** In its seat, and has not said so yet. */
	| "starting"
	/** In its seat, and its work loop has not been heard for too long. */
	| "silent"
	/** Should be there, as far as it said, and is not. */
	| "gone"
	| "stopped"
	| "parked"
	/** Configured, and was never there. */
	| "absent";

export interface ProcessSight {
	readonly name: string;
	readonly state: Sign;
	/** False for what a former configuration left behind. */
	readonly expected: boolean;
	readonly pid: number | null;
	/** Since when it is so; for one that is gone, when it was heard last. */
	readonly since: string | null;
	readonly heard: string | null;
	readonly doing: string;
	/** As of the last health entry. */
	readonly rssBytes: number | null;
	readonly crashes: number;
}

interface SightOptions {
	readonly state: FactoryState;
	readonly seats: Seats;
	/** Undefined when the configuration does not tell. */
	readonly expected: readonly string[] | undefined;
	readonly heartbeatMs: number;
	readonly nowMs: number;
}

export function processSights(options: SightOptions): ProcessSight[] {
	const { state, seats, expected } = options;
	const names = new Set([...(expected ?? []), ...Object.keys(state.processes), ...Object.keys(seats)]);
	return [...names].map((name) => sightOf(name, options));
}

export function isAlive({ state }: ProcessSight): boolean {
	return state === "running" || state === "starting" || state === "silent";
}

function sightOf(name: string, options: SightOptions): ProcessSight {
	const { state, seats, expected } = options;
	const said = state.processes[name];
	const sign = signOf(name, options);
	const ended = sign === "stopped" || sign === "parked";
	const pid = ended ? undefined : sign === "starting" ? seats[name] : said?.pid;
	return {
		name,
		state: sign,
		expected: expected?.includes(name) ?? true,
		pid: pid ?? null,
		since: (sign === "gone" || sign === "silent" ? said?.heartbeat : sign === "starting" ? null : said?.since) ?? null,
		heard: said?.heartbeat ?? null,
		doing: doingOf(sign, said),
		rssBytes: sign === "gone" ? null : (rssOf(state, name, pid) ?? null),
		crashes: said?.crashes.length ?? 0,
	};
}

function rssOf({ health }: FactoryState, name: string, pid: number | undefined): number | undefined {
	return health?.processes.find((process) => process.name === name && process.pid === pid)?.rssBytes;
}

function signOf(name: string, { state, seats, heartbeatMs, nowMs }: SightOptions): Sign {
	const said = state.processes[name];
	const seated = seats[name];
	if (said === undefined) return seated === undefined ? "absent" : "starting";
	if (seated !== undefined && seated !== said.pid) return "starting";
	if (said.status === "parked" || wasToldToEnd(said)) return said.status;
	if (seated === undefined) return "gone";
	if (said.status === "stopped") return "stopped";
	return silentSince(state, name, heartbeatMs, nowMs) === undefined ? "running" : "silent";
}

function doingOf(sign: Sign, said: FactoryState["processes"][string] | undefined): string {
	switch (sign) {
		case "absent":
			return "never started";
		case "starting":
			return "starting";
		case "gone":
			return said?.status === "stopped" ? (endings[said.doing] ?? said.doing) : `was ${said?.doing}`;
		case "parked":
			return said?.parkedBecause ?? "";
		case "stopped":
			return endings[said?.doing ?? ""] ?? said?.doing ?? "";
		default:
			return said?.doing ?? "";
	}
}

/** The reasons of `process_stopped`, for people. */
const endings: Readonly<Record<string, string>> = {
	signal: "was told to end",
	shutdown: "was told to end",
	"launcher-gone": "ended because its PM2 was gone",
	"lease-lost": "lost its seat",
	error: "ended with an error",
	done: "had nothing left to do",
};

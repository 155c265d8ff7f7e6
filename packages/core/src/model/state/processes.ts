import type { Entry } from "../entry.ts";
import { own } from "../own.ts";

export interface ProcessState {
	readonly pid: number;
	readonly status: "running" | "stopped" | "parked";
	readonly since: string;
	readonly doing: string;
	readonly heartbeat: string;
	/** When copies of it crashed, newest last; being parked wipes the slate. */
	readonly crashes: readonly string[];
	readonly parkedBecause?: string;
}

const toldToEnd = ["signal", "shutdown", "done"];

/** Somebody wanted it to end. Whoever lost its seat or its launcher ended in order, and should be there all the same. */
export function wasToldToEnd({ status, doing }: ProcessState): boolean {
	return status === "stopped" && toldToEnd.includes(doing);
}

export type Processes = Readonly<Record<string, ProcessState>>;

/** More than the crash budget ever counts. */
const crashesKept = 20;
/** Renamed or removed sessions leave names behind; the longest silent one gives way. */
const processesKept = 100;

export function foldProcesses(processes: Processes, entry: Entry): Processes {
	switch (entry.type) {
		case "process_started": {
			const before = own(processes, entry.by);
			const crashes =
				entry.data.after === "crash"
					? [...(before?.crashes ?? []), entry.ts].slice(-crashesKept)
					: (before?.crashes ?? []);
			return put(processes, entry.by, {
				pid: entry.data.pid,
				status: "running",
				since: entry.ts,
				doing: "starting",
				heartbeat: entry.ts,
				crashes: entry.data.after === "parked" ? [] : crashes,
			});
		}
		case "heartbeat": {
			const before = own(processes, entry.by);
			// A beat that arrives after the successor's start is the old copy's last word.
			if (before === undefined || before.pid !== entry.data.pid) return processes;
			return put(processes, entry.by, { ...before, doing: entry.data.doing, heartbeat: entry.ts });
		}
		case "process_stopped": {
			const before = own(processes, entry.by);
			if (before === undefined || before.pid !== entry.data.pid) return processes;
			return put(processes, entry.by, { ...before, status: "stopped", since: entry.ts, doing: entry.data.reason });
		}
		case "process_parked": {
			const before = own(processes, entry.by);
			return put(processes, entry.by, {
				pid: entry.data.pid,
				status: "parked",
				since: entry.ts,
				doing: "parked",
				heartbeat: before?.heartbeat ?? entry.ts,
				crashes: before?.crashes ?? [],
				parkedBecause: entry.data.reason,
			});
		}
		default:
			return processes;
	}
}

function put(processes: Processes, name: string, state: ProcessState): Processes {
	const next = { ...processes, [name]: state };
	const names = Object.keys(next);
	if (names.length <= processesKept) return next;
	const oldest = names.reduce((a, b) => ((next[a]?.heartbeat ?? "") <= (next[b]?.heartbeat ?? "") ? a : b));
	delete next[oldest];
	return next;
}

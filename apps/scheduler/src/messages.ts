/** Every sentence that the scheduler says of the machine and of the floor. */
import { cut, type DataOf, type Draft, showBytes, showDuration, showUsd } from "@shopfloor/core";

type Alert = DataOf<"alert">;

export function diskLow({ freeBytes }: DataOf<"health">["disk"], limitBytes: number): Alert {
	return {
		code: "disk-low",
		severity: "warning",
		message: `only ${showBytes(freeBytes)} are free on the disk of the state directory; the mark is ${showBytes(limitBytes)}. When it is full, the factory stands still until there is space.`,
	};
}

export function doctorSilent(forMs: number): Alert {
	return {
		code: "doctor-silent",
		severity: "error",
		subject: "session-doctor",
		message: `session-doctor has said nothing for ${showDuration(forMs)}; nobody watches the others. ${whatToDo}`,
	};
}

/** With the same code and beginning as the doctor's, so that neither repeats what the other said. */
export function gone(name: string, forMs: number): Alert {
	return {
		code: "process-gone",
		severity: "error",
		subject: name,
		message: `${name} is gone without having been told to end, and for ${showDuration(forMs)} nobody has started it again. ${whatToDo}`,
	};
}

export function neverCame(name: string): Alert {
	return {
		code: "process-absent",
		severity: "error",
		subject: name,
		message: `${name} is configured and was never started. ${whatToDo}`,
	};
}

/** PM2's commands reach only the PM2 home they are typed for, which the status knows and a process does not. */
const whatToDo = "What to do: npx shopfloor status";

export function swept(count: number): Alert {
	return {
		code: "swept",
		severity: "note",
		message: `removed ${count} temporary ${count === 1 ? "file" : "files"} of processes that are gone`,
	};
}

export function endedRuns(count: number): Alert {
	return {
		code: "runs-ended",
		severity: "warning",
		message: `ended ${count} ${count === 1 ? "process" : "processes"} of agents or checks, left by a process of the factory that was killed`,
	};
}

export function cannotEnd(why: string): Alert {
	return { code: "process-left", severity: "error", message: why };
}

export function settledLost(calls: readonly Draft[]): Alert {
	const usd = calls.reduce((sum, { data }) => sum + ("usd" in data && typeof data.usd === "number" ? data.usd : 0), 0);
	return {
		code: "calls-lost",
		severity: "warning",
		message: `${calls.length} ${calls.length === 1 ? "call was" : "calls were"} cut off by the death of whoever made ${calls.length === 1 ? "it" : "them"}; charged what was reserved, ${showUsd(usd)}`,
	};
}

/** What went, as the gate tells it. */
export interface Gone {
	readonly removed: readonly { readonly name: string; readonly rescued: string | undefined }[];
	/** Pieces of rescued work. */
	readonly dropped: number;
	readonly installations: readonly string[];
}

export function collected({ removed, dropped, installations: { length } }: Gone): Alert {
	const parts = [
		...removed.map(({ name, rescued }) =>
			rescued === undefined ? `the worktree ${name}` : `the worktree ${name} (what was unsaved in it is at ${rescued})`,
		),
		...(dropped === 0 ? [] : [`${dropped} old rescued ${dropped === 1 ? "piece" : "pieces"} of work`]),
		...(length === 0 ? [] : [`${length} old ${length === 1 ? "installation" : "installations"}`]),
	];
	return {
		code: "collected",
		severity: "note",
		message: cut(`removed what nobody uses: ${parts.join(", ")}`, messageMax),
	};
}

export function cannotCollect(why: string): Alert {
	return {
		code: "collect-failed",
		severity: "note",
		message: cut(
			`what nobody uses could not be removed: ${why} It is tried again tomorrow; by hand: npx shopfloor worktree gc`,
			messageMax,
		),
	};
}

/** What an entry takes. */
const messageMax = 2_000;

export function logCut(notedSeq: number): Alert {
	return {
		code: "log-damaged",
		severity: "error",
		message: `entry ${notedSeq}, which was noted as the head of the log, is not in it any more: its tail was cut, or an older copy was put back. See npx shopfloor log verify; if the older copy is meant, remove state/anchors/log-head.json and its copy in state/last-good/anchors.`,
	};
}

/** Every sentence that the scheduler says. */
import { type DataOf, showBytes, showDuration } from "@shopfloor/core";

type Alert = DataOf<"alert">;

export function memoryTight({ usedShare, limitBytes, boundBy }: DataOf<"health">["memory"], limit: number): Alert {
	const whose = boundBy === "cgroup" ? "this container's limit" : "this machine";
	return {
		code: "memory-tight",
		severity: "warning",
		message: `${percent(usedShare)} of the memory is in use (${showBytes(limitBytes)}, ${whose}); the mark is ${percent(limit)}. Nothing new should be started until it falls.`,
	};
}

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
		message: `session-doctor has said nothing for ${showDuration(forMs)}; nobody watches the others. Look at it: pm2 logs session-doctor, then pm2 restart session-doctor`,
	};
}

export function swept(count: number): Alert {
	return {
		code: "swept",
		severity: "note",
		message: `removed ${count} temporary ${count === 1 ? "file" : "files"} of processes that are gone`,
	};
}

export function logCut(notedSeq: number): Alert {
	return {
		code: "log-damaged",
		severity: "error",
		message: `the log ends before entry ${notedSeq}, which was noted as its head: its tail was cut, or an older copy was put back. See shopfloor log verify; if the older copy is meant, remove state/anchors/log-head.json and its copy in state/last-good/anchors.`,
	};
}

function percent(share: number): string {
	return `${Math.round(share * 100)} %`;
}

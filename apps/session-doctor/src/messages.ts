/** Every sentence that the doctor says. */
import { type DataOf, showDuration } from "@shopfloor/core";

type Alert = DataOf<"alert">;

export function hung(name: string, pid: number, forMs: number): Alert {
	return {
		code: "process-hung",
		severity: "error",
		subject: name,
		message: `${name} has hung for ${showDuration(forMs)}: neither its loop nor its timer moves. Process ${pid} is ended; PM2 starts a new one.`,
	};
}

export function slow(name: string, forMs: number): Alert {
	return {
		code: "process-slow",
		severity: "warning",
		subject: name,
		message: `${name} lives, but its loop has said nothing for ${showDuration(forMs)}. It is left alone. ${whatToDo}`,
	};
}

export function gone(name: string, forMs: number): Alert {
	return {
		code: "process-gone",
		severity: "error",
		subject: name,
		message: `${name} ended ${showDuration(forMs)} ago or less and nobody started it again. ${whatToDo}`,
	};
}

export function logDamaged({ seq, where, what }: { seq: number; where: string; what: string }): Alert {
	return {
		code: "log-damaged",
		severity: "error",
		message: `the log did not pass its verification: entry ${seq} ${what} (${where}). Keep a copy of the state directory, then see npx shopfloor log verify.`,
	};
}

/** The same trouble to a person, with the same code. */
export function logUnread({ where, what }: { where: string; what: string }): Alert {
	return {
		code: "log-damaged",
		severity: "error",
		message: `the log could not be verified, because ${where} cannot be read (${what}). Make it readable, or put it back from a backup; then see npx shopfloor log verify.`,
	};
}

/** PM2's commands reach only the PM2 home they are typed for, which the status knows and a process does not. */
const whatToDo = "What to do: npx shopfloor status";

/**
 * What a session's terminal shows: the humanised lines of whatever agent works in it, in one file that keeps its end.
 * tmux shows it to people, the doctor reads it, and without tmux the file is the terminal.
 */
import { appendFileSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { oneLine } from "@shopfloor/core";
import { endOfFile, errnoOf, replaceFile } from "@shopfloor/core/io";

export interface Terminal {
	readonly path: string;
	/** One line, as it happens. On a disk that takes none it is lost, and the work that it tells of goes on. */
	show(line: string): void;
	/** Cuts the file back where it has grown too long; to be called between runs. */
	trim(): Promise<void>;
}

/** Several days of a busy session. */
const bytesMax = 4 * 1024 * 1024;
/** What is kept of a file that is cut back. */
const bytesKept = 1024 * 1024;

export function openTerminal(stateDir: string, session: string): Terminal {
	const path = terminalPath(stateDir, session);
	return {
		path,
		show(line) {
			try {
				append(path, line);
			} catch (error) {
				if (errnoOf(error) !== "ENOENT") return;
				mkdirSync(folderOf(stateDir), { recursive: true, mode: 0o700 });
				append(path, line);
			}
		},
		async trim() {
			if (sizeOf(path) > bytesMax) await replaceFile(path, terminalTail(stateDir, session, bytesKept), { mode: 0o600 });
		},
	};
}

/** A terminal would obey what stands in there. */
function append(path: string, line: string): void {
	appendFileSync(path, `${oneLine(line)}\n`, { mode: 0o600 });
}

export function terminalPath(stateDir: string, session: string): string {
	return join(folderOf(stateDir), `${session}${suffix}`);
}

/** The end of what was shown, in whole lines. Empty where nothing ever was. */
export function terminalTail(stateDir: string, session: string, bytes: number): string {
	const path = terminalPath(stateDir, session);
	const text = endOfFile(path, bytes) ?? "";
	return sizeOf(path) <= bytes ? text : text.slice(text.indexOf("\n") + 1);
}

/** Sessions that have something to show: the given ones, and others (a person's run) that showed something within a day. */
export function sessionsShowing(stateDir: string, sessions: readonly string[], nowMs: number): string[] {
	return terminalFiles(stateDir)
		.filter(({ session, mtimeMs }) => sessions.includes(session) || nowMs - mtimeMs < dayMs)
		.map(({ session }) => session);
}

const dayMs = 24 * 60 * 60 * 1_000;

function terminalFiles(stateDir: string): { readonly session: string; readonly mtimeMs: number }[] {
	try {
		return readdirSync(folderOf(stateDir))
			.filter((name) => name.endsWith(suffix))
			.flatMap((name) => {
				const found = statSync(join(folderOf(stateDir), name), { throwIfNoEntry: false });
				return found === undefined ? [] : [{ session: name.slice(0, -suffix.length), mtimeMs: found.mtimeMs }];
			});
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return [];
		throw error;
	}
}

const suffix = ".log";

function folderOf(stateDir: string): string {
	return join(stateDir, "terminals");
}

function sizeOf(path: string): number {
	return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

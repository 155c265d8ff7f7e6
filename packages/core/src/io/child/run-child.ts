/**
 * Runs a program so that nothing of it survives: not its background children, not those that left its group, and not
 * when it ends by itself. What it says goes into a file through a descriptor of its own. A pipe would be held open by a
 * grandchild long after the program ended, and would have to be read into memory.
 *
 * What it says is measured by the file's size, a few times a second. So it is idle when the file does not grow, and it
 * may write some more than allowed before it is ended; the file is cut back then.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, statSync } from "node:fs";
import { systemClock } from "../clock.ts";
import { uniqueName } from "../process-identity.ts";
import { diskError, errnoOf } from "../shopfloor-error.ts";
import { runVariable, seen } from "./processes.ts";
import { findProgram } from "./program.ts";
import { endRun, type Leader } from "./strays.ts";

export interface ChildJob {
	/** The program, absolute or by its name on the PATH of `env`, and its arguments. No shell reads it. */
	readonly command: readonly string[];
	readonly cwd: string;
	/** All of it: nothing is inherited. */
	readonly env: Readonly<Record<string, string>>;
	/** The file it reads as its standard input; without one that is empty. */
	readonly input?: string;
	/** The file for what it says; replaced. */
	readonly output: string;
	/** A file of its own for the standard error, where what is said is read by a program. */
	readonly errors?: string;
	readonly limits: ChildLimits;
	/** Descriptors it gets as 3, 4, …; the caller closes its own. */
	readonly handles?: readonly number[];
	readonly signal?: AbortSignal | undefined;
}

export interface ChildLimits {
	/** Until it says the first thing. */
	readonly startMs?: number;
	readonly wallMs: number;
	/** Without a word. */
	readonly idleMs: number;
	readonly outputBytesMax: number;
	/** Between being asked to end and being ended. */
	readonly graceMs?: number;
}

export type ChildEnd = ChildEnding & {
	readonly ms: number;
	readonly outputBytes: number;
	/** The end of what it said, and of its standard error where that is apart. */
	readonly tail: string;
};

export type ChildEnding =
	| { readonly kind: "exited"; readonly code: number }
	/** By somebody else, or by its own fault. */
	| { readonly kind: "signalled"; readonly signal: string }
	| { readonly kind: "timed-out"; readonly which: "start" | "idle" | "wall" }
	| { readonly kind: "aborted" }
	| { readonly kind: "too-much-output" }
	| { readonly kind: "not-started"; readonly why: string };

/**
 * Resolves when nothing of the program is left. Rejects with `process-left` if something cannot be ended, and when the
 * disk does not take the output file.
 */
export async function runChild(job: ChildJob): Promise<ChildEnd> {
	const begun = systemClock.watch();
	const files = openFiles(job);
	try {
		const ending = await run(job, files);
		const outputBytes = sizeOf(files);
		if (ending.kind === "too-much-output") cutBack(files, job.limits.outputBytesMax);
		return { ...ending, ms: Math.round(systemClock.watch() - begun), outputBytes, tail: tailOf(files) };
	} finally {
		for (const fd of [...said(files), files.input]) if (fd !== "ignore") closeSync(fd);
	}
}

/** Enough to see what it was about, little enough for a log line's blob. */
const tailBytes = 8 * 1024;
/** Costs one fstat. A second of a program that writes without end is some hundred megabytes. */
const lookEveryMs = 50;
/** Time to put away what it has in hand; a stop promises ten seconds for everything. */
const graceMsDefault = 2_000;

/** Descriptors of a program's standard streams; the last two may be one. */
interface Files {
	readonly input: number | "ignore";
	readonly output: number;
	readonly errors: number;
}

function openFiles({ input, output, errors }: ChildJob): Files {
	const opened: number[] = [];
	const open = (path: string, flags: string) => {
		try {
			const fd = openSync(path, flags, 0o600);
			opened.push(fd);
			return fd;
		} catch (error) {
			for (const fd of opened) closeSync(fd);
			throw diskError(error, `opening ${path}`);
		}
	};
	const fd = open(output, "w+");
	return {
		input: input === undefined ? "ignore" : open(input, "r"),
		output: fd,
		errors: errors === undefined ? fd : open(errors, "w+"),
	};
}

async function run(job: ChildJob, files: Files): Promise<ChildEnding> {
	if (job.signal?.aborted) return { kind: "aborted" };
	const why = unfitFolder(job.cwd);
	if (why !== undefined) return { kind: "not-started", why };
	const [name = "", ...args] = job.command;
	const program = findProgram(name, job.env["PATH"]);
	if (program.kind === "missing") return { kind: "not-started", why: program.why };

	const started = start(program.path, args, job, files);
	if ("why" in started) return { kind: "not-started", why: started.why };
	const ended = endOf(started.child);
	const cut = await untilItEndsOrMust(job, ended.signal, () => sizeOf(files));
	const failure = ended.signal.aborted ? ended.signal.reason : undefined;
	if (failure instanceof Error) return { kind: "not-started", why: inWords(failure, program.path) };
	await endRun(started.leader, graceFor(cut, job.limits));
	const { code, signal } = await ended.how;
	if (cut !== undefined) return cut;
	return code === null ? { kind: "signalled", signal: signal ?? "SIGKILL" } : { kind: "exited", code };
}

function unfitFolder(cwd: string): string | undefined {
	return statSync(cwd, { throwIfNoEntry: false })?.isDirectory() ? undefined : `there is no folder ${cwd} to run it in`;
}

function start(
	program: string,
	args: readonly string[],
	job: ChildJob,
	{ input, output, errors }: Files,
): { readonly child: ChildProcess; readonly leader: Leader } | { readonly why: string } {
	const run = uniqueName();
	try {
		const child = spawn(program, args, {
			cwd: job.cwd,
			env: { ...job.env, [runVariable]: run },
			stdio: [input, output, errors, ...(job.handles ?? [])],
			// A session and a group of its own.
			detached: true,
		});
		// Not there when it could not be started; then the error tells, and a group of that number is not looked for.
		const pid = child.pid ?? Number.NaN;
		const isOurs = () => child.exitCode === null && child.signalCode === null && child.pid !== undefined;
		return { child, leader: { pid, start: seen(pid)?.start, run, isOurs } };
	} catch (error) {
		// An argument that no program can be given: with a NUL in it, or longer than the system takes.
		return { why: inWords(error, program) };
	}
}

interface End {
	/** Aborts when it ended, with the error when it never started. */
	readonly signal: AbortSignal;
	readonly how: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

function endOf(child: ChildProcess): End {
	const ended = new AbortController();
	const how = new Promise<Awaited<End["how"]>>((resolve) => {
		child.once("error", (error) => ended.abort(error));
		child.once("exit", (code, signal) => {
			ended.abort("exited");
			resolve({ code, signal });
		});
	});
	return { signal: ended.signal, how };
}

/** Why it must end, or undefined when it ended by itself. */
async function untilItEndsOrMust(
	{ limits, signal }: ChildJob,
	ended: AbortSignal,
	size: () => number,
): Promise<ChildEnding | undefined> {
	const begun = systemClock.watch();
	let said = 0;
	let saidAt = begun;
	const wake = new AbortController();
	const stop = () => wake.abort();
	ended.addEventListener("abort", stop, { once: true });
	signal?.addEventListener("abort", stop, { once: true });
	try {
		for (;;) {
			await systemClock.sleep(lookEveryMs, wake.signal);
			const now = systemClock.watch();
			const bytes = size();
			if (bytes > limits.outputBytesMax) return { kind: "too-much-output" };
			if (ended.aborted) return undefined;
			if (signal?.aborted) return { kind: "aborted" };
			if (bytes > said) saidAt = now;
			said = Math.max(said, bytes);
			if (now - begun >= limits.wallMs) return { kind: "timed-out", which: "wall" };
			if (said === 0 && now - begun >= (limits.startMs ?? Number.POSITIVE_INFINITY))
				return { kind: "timed-out", which: "start" };
			if (now - saidAt >= limits.idleMs) return { kind: "timed-out", which: "idle" };
		}
	} finally {
		signal?.removeEventListener("abort", stop);
	}
}

/** What it left behind when it ended by itself, and what floods the disk, is owed no grace. */
function graceFor(cut: ChildEnding | undefined, { graceMs = graceMsDefault }: ChildLimits): number {
	return cut === undefined || cut.kind === "too-much-output" ? 0 : graceMs;
}

function inWords(error: unknown, program: string): string {
	const code = errnoOf(error);
	if (code === "ENOENT") return `${program} names an interpreter that is not there`;
	if (code === "E2BIG") return `${program} was given more arguments than this system takes`;
	return `${program} could not be started: ${error instanceof Error ? error.message : String(error)}`;
}

/** Those it writes to. */
function said({ output, errors }: Files): number[] {
	return [...new Set([output, errors])];
}

function sizeOf(files: Files): number {
	return said(files).reduce((sum, fd) => sum + fstatSync(fd).size, 0);
}

function cutBack(files: Files, bytesMax: number): void {
	for (const fd of said(files)) if (fstatSync(fd).size > bytesMax) ftruncateSync(fd, bytesMax);
}

function tailOf(files: Files): string {
	return said(files).map(endOfFile).join("");
}

function endOfFile(fd: number): string {
	const { size } = fstatSync(fd);
	const bytes = Buffer.alloc(Math.min(size, tailBytes));
	const read = readSync(fd, bytes, 0, bytes.length, size - bytes.length);
	// A character that the cut goes through is left out.
	let from = 0;
	while (size > tailBytes && from < 4 && ((bytes[from] ?? 0) & 0xc0) === 0x80) from++;
	return bytes.subarray(from, read).toString("utf8");
}

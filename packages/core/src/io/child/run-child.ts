/**
 * Runs a program so that nothing of it survives: not its background children, not those that left its group, and not
 * when it ends by itself. What it says goes into a file through a descriptor of its own. A pipe would be held open by a
 * grandchild long after the program ended, and would have to be read into memory.
 *
 * What it says is measured by the file's size, a few times a second. So it is idle when the file does not grow, and it
 * may write some more than allowed before it is ended; the file is cut back then.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { statSync } from "node:fs";
import { systemClock } from "../clock.ts";
import { uniqueName } from "../process-identity.ts";
import { errnoOf } from "../shopfloor-error.ts";
import { heldCommand } from "./kernel-limits.ts";
import { runMark, runVariable, seen } from "./processes.ts";
import { findProgram } from "./program.ts";
import { closeFiles, cutBack, type Files, openFiles, sizeOf, tailOf } from "./run-files.ts";
import { countOf, endRun, type Leader, processesOf } from "./strays.ts";
import { type Excess, type UsageLimits, watchUsage } from "./usage.ts";

export interface ChildJob {
	/** The program, absolute or by its name on the PATH of `env`, and its arguments. No shell reads it. */
	readonly command: readonly string[];
	readonly cwd: string;
	/** A path of the factory that it belongs to, by which that one finds it when we are killed. By default the folder. */
	readonly place?: string;
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
	/** The command starts another program and waits for it: asked to end are those that it started, and not it. */
	readonly launcher?: boolean;
	readonly signal?: AbortSignal | undefined;
}

export interface ChildLimits extends UsageLimits {
	/** Until it says the first thing. */
	readonly startMs?: number;
	readonly wallMs: number;
	/** Without a word. */
	readonly idleMs: number;
	readonly outputBytesMax: number;
	/** Of each file it writes. With it come a bound on open files, no core dumps, and the first place when memory runs out. */
	readonly fileBytesMax?: number;
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
	| Excess
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
		closeFiles(files);
	}
}

/** Costs one fstat. A second of a program that writes without end is some hundred megabytes. */
const lookEveryMs = 50;
/** Time to put away what it has in hand; a stop promises ten seconds for everything. */
const graceMsDefault = 2_000;

async function run(job: ChildJob, files: Files): Promise<ChildEnding> {
	if (job.signal?.aborted) return { kind: "aborted" };
	const why = unfitFolder(job.cwd);
	if (why !== undefined) return { kind: "not-started", why };
	const [name = "", ...args] = job.command;
	const program = findProgram(name, job.env["PATH"]);
	if (program.kind === "missing") return { kind: "not-started", why: program.why };

	const held = heldCommand([program.path, ...args], job.limits);
	if (held.kind === "missing") return { kind: "not-started", why: held.why };

	const [first = "", ...rest] = held.command;
	const started = start(first, rest, job, files);
	if ("why" in started) return { kind: "not-started", why: started.why };
	const ended = endOf(started.child);
	const cut = await untilItEndsOrMust(job, ended.signal, () => sizeOf(files), started.leader);
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
	const run = runMark(uniqueName(), job.place ?? job.cwd);
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
		return { child, leader: { pid, start: seen(pid)?.start, run, launcher: job.launcher ?? false, isOurs } };
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
	leader: Leader,
): Promise<ChildEnding | undefined> {
	const excess = watchUsage(limits, { processes: () => processesOf(leader), count: () => countOf(leader) });
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
			const found = excess();
			if (found !== undefined) return found;
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

/** What it left behind when it ended by itself, and what floods the machine, is owed no grace. */
function graceFor(cut: ChildEnding | undefined, { graceMs = graceMsDefault }: ChildLimits): number {
	return cut?.kind === "timed-out" || cut?.kind === "aborted" ? graceMs : 0;
}

function inWords(error: unknown, program: string): string {
	const code = errnoOf(error);
	if (code === "ENOENT") return `${program} names an interpreter that is not there`;
	if (code === "E2BIG") return `${program} was given more arguments than this system takes`;
	return `${program} could not be started: ${error instanceof Error ? error.message : String(error)}`;
}

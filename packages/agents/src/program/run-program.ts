/**
 * One run of a program: its prompt in a file that is its standard input, what it says in a file that is followed, and
 * limits of our own, because no program's are of use. The run's folder goes when it has ended.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { showUsd } from "@shopfloor/core";
import {
	type ChildEnd,
	type Clock,
	diskError,
	endOfFile,
	isGone,
	machineLimits,
	systemClock,
	uniqueName,
} from "@shopfloor/core/io";
import type { Job, Limits } from "../port/job.ts";
import { type Ending, type FailureCode, nothingUsed, type Outcome } from "../port/outcome.ts";
import { counted } from "./counted.ts";
import type { Dialect, ProgramEnd } from "./dialect.ts";
import { followFile } from "./follow-file.ts";
import { lineReader } from "./lines.ts";
import type { Room } from "./room.ts";

export interface Call {
	/** The program and its arguments. The prompt is none of them. */
	readonly command: readonly string[];
	/** All of it. */
	readonly env: Readonly<Record<string, string>>;
	/** Else its standard input is empty, and the prompt only a file. */
	readonly promptAsInput?: boolean;
	/** For a program that has no limit of its own: dollars so far, where it tells them meanwhile. */
	spentUsd?(): Promise<number | undefined>;
}

/**
 * What it used is not known here, unless no model was reached. `call` is given the run's own folder, for files that the
 * program is to read; it is seen in there, read-only.
 */
export async function runProgram(
	dialect: Dialect,
	job: Job,
	room: Room,
	call: (dir: string) => Call,
	clock: Clock = systemClock,
): Promise<Outcome> {
	if (job.signal?.aborted) return { kind: "failed", code: "aborted", detail: "it was called off", usage: nothingUsed };
	const dir = newFolder(room.runs);
	try {
		const ending = await run(dialect, job, room, dir, call, clock);
		return { ...ending, usage: dialect.awake || !endedEarly(ending) ? null : nothingUsed };
	} finally {
		rmSync(dir, { recursive: true, force: true });
	}
}

/** By itself, and with a word for it: before there was a sign of the model nobody is owed anything. */
function endedEarly(ending: Ending): boolean {
	return ending.kind === "limited" || (ending.kind === "failed" && ending.code !== "aborted");
}

/** A session of a whole day's work says a few megabytes. */
const outputBytesMax = 64 * 1024 * 1024;
/** Between its last word and its end: it saves its conversation. */
const lingerMs = 15_000;
/** What a person is shown of one run; a terminal keeps less. */
const shownLinesMax = 20_000;

async function run(
	dialect: Dialect,
	job: Job,
	room: Room,
	dir: string,
	call: (dir: string) => Call,
	clock: Clock,
): Promise<Ending> {
	const prompt = join(dir, "prompt");
	write(prompt, job.prompt);
	const output = join(dir, "output");
	const errors = join(dir, "errors");
	const cut = new AbortController();
	const ended = new AbortController();
	const stop = () => cut.abort("aborted");
	let settled: Promise<unknown> | undefined;
	job.signal?.addEventListener("abort", stop, { once: true });
	try {
		const { command, env, promptAsInput = true, spentUsd } = call(dir);
		const running = room.runner
			.run({
				command,
				env: { ...env, ...temporary(room, dir) },
				cwd: job.cwd,
				place: dir,
				...(promptAsInput ? { input: prompt } : {}),
				output,
				errors,
				limits: { ...machineLimits(), wallMs: job.limits.wallMs, idleMs: job.limits.idleMs, outputBytesMax },
				mounts: [...room.mounts(job), { kind: "read-only", from: dir, to: dir }],
				network: room.network,
				signal: cut.signal,
			})
			.finally(() => ended.abort());
		// Waited for below, whatever happens to us meanwhile.
		running.catch(() => {});
		settled = running;
		const passedOver = await listen(
			dialect,
			job,
			output,
			clock,
			ended.signal,
			limitsOf(dialect, job, clock, cut, spentUsd),
		);
		const child = await running;
		const passed = { errors: endOfFile(errors, errorsBytes) ?? "", passedOver };
		switch (cut.signal.reason) {
			case "lingers":
				return dialect.ending({ ...passed, child: asExited(child) });
			case "turns":
				return { kind: "incomplete", code: "turns", detail: `it was not done in ${counted(job.limits.turns, "turn")}` };
			case "usd":
				return { kind: "over-budget", detail: `it had used more than ${showUsd(job.limits.usd)}` };
			case "start":
				return timedOut("start", job.limits);
			default:
				return endingOf(dialect, job, { ...passed, child });
		}
	} finally {
		job.signal?.removeEventListener("abort", stop);
		// It must not outlive us, whatever went wrong here.
		cut.abort("aborted");
		await settled?.catch(() => {});
	}
}

/** A sandbox brings its own. Without one, what lies about goes with the run's folder. */
function temporary(room: Room, dir: string): { readonly TMPDIR?: string } {
	if (room.runner.name !== "process-group") return {};
	const path = join(dir, "tmp");
	mkdirSync(path, { mode: 0o700 });
	return { TMPDIR: path };
}

/** A turn of a model takes seconds. */
const spentEveryMs = 1_000;

/** Looked at again and again: those limits that only what it says can tell. */
function limitsOf(
	dialect: Dialect,
	{ limits }: Job,
	clock: Clock,
	cut: AbortController,
	spentUsd?: Call["spentUsd"],
): () => Promise<void> {
	const begun = clock.watch();
	let finished = Number.POSITIVE_INFINITY;
	let spentAt = begun;
	return async () => {
		const now = clock.watch();
		finished = dialect.finished ? Math.min(finished, now) : Number.POSITIVE_INFINITY;
		if (dialect.steps > limits.turns) cut.abort("turns");
		if (!dialect.awake && now - begun >= limits.startMs) cut.abort("start");
		if (now - finished >= lingerMs) cut.abort("lingers");
		if (now - spentAt < spentEveryMs) return;
		spentAt = now;
		if (((await spentUsd?.()) ?? 0) > limits.usd) cut.abort("usd");
	};
}

async function listen(
	dialect: Dialect,
	job: Job,
	output: string,
	clock: Clock,
	ended: AbortSignal,
	look: () => Promise<void>,
): Promise<number> {
	const lines = lineReader();
	let shown = 0;
	const hear = (line: string) => {
		for (const said of dialect.hear(line)) if (shown++ < shownLinesMax) job.show(said);
	};
	await followFile(output, {
		clock,
		ended,
		bytesMax: outputBytesMax,
		hear: (bytes) => {
			for (const line of lines.push(bytes)) hear(line);
		},
		look,
	});
	for (const line of lines.rest()) hear(line);
	if (dialect.unknown > 0)
		job.show(`! it said ${counted(dialect.unknown, "thing")} that this version of the factory does not know`);
	return lines.passedOver;
}

/** It had said its last word and did not go; it is held to its word. */
function asExited({ ms, outputBytes, tail }: ChildEnd): ChildEnd {
	return { kind: "exited", code: 0, ms, outputBytes, tail };
}

function endingOf(dialect: Dialect, job: Job, end: ProgramEnd): Ending {
	const failed = (code: FailureCode, detail: string): Ending => ({ kind: "failed", code, detail });
	switch (end.child.kind) {
		case "not-started":
			return failed("not-started", end.child.why);
		case "aborted":
			return failed("aborted", "it was called off");
		case "timed-out":
			return timedOut(dialect.awake || end.child.which === "wall" ? end.child.which : "start", job.limits);
		case "too-much-output":
			return failed("too-much-output", `it said more than ${outputBytesMax / 1024 / 1024} MiB`);
		case "too-much-memory":
		case "too-many-threads":
			return failed("too-much-of-the-machine", `it took ${taken[end.child.kind]} than a run may`);
		default:
			return dialect.ending(end);
	}
}

const taken = { "too-much-memory": "more memory", "too-many-threads": "more processes" };

function timedOut(which: "start" | "idle" | "wall", limits: Limits): Ending {
	const what = { start: "no sign of the model", idle: "it said nothing", wall: "it was not done" }[which];
	const ms = { start: limits.startMs, idle: limits.idleMs, wall: limits.wallMs }[which];
	return { kind: "timed-out", which, detail: `${what} within ${Math.round(ms / 1000)} s` };
}

/** Enough for the words with which a program gives up. */
const errorsBytes = 8 * 1024;

function newFolder(runs: string): string {
	try {
		mkdirSync(runs, { recursive: true, mode: 0o700 });
		// Of those who were killed: their prompts and what their programs said.
		for (const name of readdirSync(runs)) if (isGone(name)) rmSync(join(runs, name), { recursive: true, force: true });
		const dir = join(runs, uniqueName());
		mkdirSync(dir, { mode: 0o700 });
		return dir;
	} catch (error) {
		throw diskError(error, `making a folder in ${runs}`);
	}
}

function write(path: string, text: string): void {
	try {
		writeFileSync(path, text, { mode: 0o600 });
	} catch (error) {
		throw diskError(error, `writing ${path}`);
	}
}

/**
 * What Codex writes down of a thread while it works: nowhere else does it tell its version, or what was used before the
 * end. The program itself, and whatever it runs, can write there, so this may end a run that is too dear, and is never
 * the last word.
 */
import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { errnoOf } from "@shopfloor/core/io";
import { asObject, asText, type JsonObject, jsonLine } from "../program/json-line.ts";
import { lineReader } from "../program/lines.ts";

export interface Rollout {
	/** What its thread has used so far, as the program counts; undefined before it told. */
	used(thread: string): JsonObject | undefined;
	/** Of the program that made the thread, by what was read so far: its stream tells none. */
	readonly version: string | undefined;
	/** For a thread that nobody goes on with. */
	remove(thread: string): void;
}

/** At most so much is read at a look; the rest at the next. */
const lookBytesMax = 4 * 1024 * 1024;

export function rolloutIn(home: string): Rollout {
	const sessions = join(home, "sessions");
	const lines = lineReader();
	let path: string | undefined;
	let at = 0;
	let used: JsonObject | undefined;
	let version: string | undefined;
	return {
		used(thread) {
			path ??= fileOf(sessions, thread);
			if (path === undefined) return used;
			const bytes = readFrom(path, at);
			at += bytes.length;
			for (const line of lines.push(bytes)) {
				used = usedIn(line) ?? used;
				version = versionIn(line) ?? version;
			}
			return used;
		},
		get version() {
			return version;
		},
		remove(thread) {
			const found = path ?? fileOf(sessions, thread);
			if (found !== undefined) rmSync(found, { force: true });
		},
	};
}

/** Older than this, nobody goes on with a thread. */
const keptMs = 30 * 24 * 60 * 60 * 1_000;

export function forgetOldThreads(home: string, nowMs: number): void {
	const sessions = join(home, "sessions");
	for (const file of filesIn(sessions)) {
		const seen = statSync(join(sessions, file), { throwIfNoEntry: false });
		if (seen?.isFile() && nowMs - seen.mtimeMs > keptMs) rmSync(join(sessions, file), { force: true });
	}
}

/** `sessions/2026/01/31/rollout-<time>-<thread>.jsonl` */
function fileOf(sessions: string, thread: string): string | undefined {
	const name = filesIn(sessions).find((file) => file.endsWith(`-${thread}.jsonl`));
	return name === undefined ? undefined : join(sessions, name);
}

function filesIn(sessions: string): string[] {
	try {
		return readdirSync(sessions, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".jsonl"));
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return [];
		throw error;
	}
}

/** Nothing where somebody put something else in its place. */
function readFrom(path: string, at: number): Uint8Array {
	const nothing = new Uint8Array();
	let fd: number;
	try {
		fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
	} catch (error) {
		if (["ENOENT", "ELOOP", "ENXIO"].includes(errnoOf(error) ?? "")) return nothing;
		throw error;
	}
	try {
		const seen = fstatSync(fd);
		if (!seen.isFile() || seen.size <= at) return nothing;
		const bytes = Buffer.alloc(Math.min(seen.size - at, lookBytesMax));
		return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, at));
	} finally {
		closeSync(fd);
	}
}

function versionIn(line: string): string | undefined {
	if (!line.includes('"session_meta"')) return undefined;
	const event = jsonLine(line);
	if (asText(event?.["type"]) !== "session_meta") return undefined;
	return asText(asObject(event?.["payload"])?.["cli_version"]);
}

function usedIn(line: string): JsonObject | undefined {
	if (!line.includes('"token_count"')) return undefined;
	const payload = asObject(jsonLine(line)?.["payload"]);
	if (asText(payload?.["type"]) !== "token_count") return undefined;
	return asObject(asObject(payload?.["info"])?.["total_token_usage"]);
}

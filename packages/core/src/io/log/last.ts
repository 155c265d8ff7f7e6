/** The newest entries, read backwards: what it costs grows with what is asked for, not with the log. */
import { closeSync, fstatSync } from "node:fs";
import type { Entry, Seq } from "../../model/entry.ts";
import { parseEnvelope, parseLine } from "../../model/line.ts";
import { fetchSpilled } from "./blobs.ts";
import { type LogFiles, sealedSegments } from "./files.ts";
import { linesBackwards } from "./lines.ts";
import { openIfThere } from "./read.ts";

export interface Filter {
	readonly type?: readonly Entry["type"][];
	readonly by?: string;
	/** Nothing from before this instant. The search ends where a long run of entries is older. */
	readonly since?: string;
}

/** Oldest first. */
export function lastEntries(files: LogFiles, count: number, where: Filter = {}): Entry[] {
	const found: Entry[] = [];
	let before = Number.POSITIVE_INFINITY;
	let older = 0;
	for (const fd of segmentsBackwards(files)) {
		try {
			for (const { line } of linesBackwards(fd, fstatSync(fd).size)) {
				if (found.length >= count) return found.reverse();
				if (!mayMatch(line, where)) continue;
				const parsed = fetchSpilled(files, parseLine(line.toString("utf8")));
				// A segment that is being sealed has two names for a moment; seq keeps it from being told twice.
				if (parsed.kind !== "entry" || parsed.entry.seq >= before) continue;
				before = parsed.entry.seq;
				older = where.since === undefined || parsed.entry.ts >= where.since ? 0 : older + 1;
				if (older > olderMax) return found.reverse();
				if (matches(parsed.entry, where)) found.push(parsed.entry);
			}
		} finally {
			closeSync(fd);
		}
	}
	return found.reverse();
}

/**
 * Entries stand in the order in which they were written, and a clock that was set back dates younger ones earlier. So many
 * are hours of a busy factory: behind more of them in a row nobody looks.
 */
const olderMax = 1_000;

/** The line of an entry; undefined when there is none. */
export function lineAt(files: LogFiles, seq: Seq): Buffer | undefined {
	for (const fd of segmentsBackwards(files)) {
		try {
			for (const { line } of linesBackwards(fd, fstatSync(fd).size)) {
				const envelope = parseEnvelope(line.toString("utf8"));
				if (typeof envelope === "string" || envelope.seq > seq) continue;
				return envelope.seq === seq ? line : undefined;
			}
		} finally {
			closeSync(fd);
		}
	}
	return undefined;
}

export function matches(entry: Entry, where: Filter): boolean {
	if (where.type !== undefined && !where.type.includes(entry.type)) return false;
	if (where.by !== undefined && entry.by !== where.by) return false;
	return where.since === undefined || entry.ts >= where.since;
}

/** A look at the bytes is several times cheaper than parsing what does not match. */
function mayMatch(line: Buffer, where: Filter): boolean {
	return (
		where.since !== undefined ||
		where.type === undefined ||
		where.type.some((type) => line.includes(`"type":"${type}"`))
	);
}

/** The newest first; whoever is given one closes it. */
export function* segmentsBackwards(files: LogFiles): Generator<number> {
	const open = openIfThere(files.open);
	// Listed after the open one was opened: what is sealed in between is then seen twice and not missed.
	const sealed = sealedSegments(files).reverse();
	if (open !== undefined) yield open;
	for (const { path } of sealed) {
		const fd = openIfThere(path);
		if (fd !== undefined) yield fd;
	}
}

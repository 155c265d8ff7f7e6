/**
 * Reading forwards, across segments, while others append, seal and take over.
 *
 * A cursor stands in one file at one offset. What it read counts only if that file was still the open segment
 * *afterwards*: a holder that lost the lock may write into a file that was replaced, and those bytes are not the log.
 * When the file was sealed or replaced, the cursor finds its place again by seq.
 */
import { closeSync, fstatSync, openSync, statSync } from "node:fs";
import type { Entry, Seq } from "../../model/entry.ts";
import { parseEnvelope, parseLine } from "../../model/line.ts";
import { errnoOf } from "../shopfloor-error.ts";
import { fetchSpilled } from "./blobs.ts";
import { type LogFiles, type Segment, sealedSegments } from "./files.ts";
import { linesFrom } from "./lines.ts";

/** Entries handed over at once; keeps a long replay from filling the memory. */
const stepEntries = 500;

export class Cursor {
	readonly #files: LogFiles;
	#next: Seq;
	#place: Place | undefined;
	/** First seq of the last sealed segment that was read to its end. */
	#finished: Seq = 0;
	/** It has passed over an entry that only a newer version can make sense of. */
	passedUnknown = false;

	constructor(files: LogFiles, from: Seq) {
		this.#files = files;
		this.#next = from;
	}

	/** The next entries, at most `stepEntries`; none when the end is reached for now. */
	step(): Entry[] {
		for (;;) {
			const place = this.#place ?? this.#findPlace();
			if (place === undefined) return [];
			const read = this.#readOn(place);
			if (!place.sealed && !this.#isOpenSegment(place.fd)) {
				// Sealed or replaced meanwhile. Nothing of this read was handed over, so nothing is lost or doubled.
				this.close();
				continue;
			}
			place.offset = read.offset;
			this.#next = read.next;
			this.passedUnknown ||= read.unknown;
			if (read.entries.length > 0) return read.entries;
			if (read.lines > 0) continue;
			if (!place.sealed) return [];
			this.#finished = place.first;
			this.close();
		}
	}

	close(): void {
		if (this.#place !== undefined) closeSync(this.#place.fd);
		this.#place = undefined;
	}

	#readOn(place: Place) {
		const read = { entries: [] as Entry[], offset: place.offset, next: this.#next, lines: 0, unknown: false };
		for (const { line, end } of linesFrom(place.fd, place.offset)) {
			read.offset = end;
			read.lines++;
			const parsed = fetchSpilled(this.#files, parseLine(line.toString("utf8")));
			if (parsed.kind === "unknown") {
				read.unknown = true;
				read.next = Math.max(read.next, parsed.envelope.seq + 1);
			}
			if (parsed.kind === "entry" && parsed.entry.seq >= read.next) {
				read.entries.push(parsed.entry);
				read.next = parsed.entry.seq + 1;
			}
			if (read.entries.length >= stepEntries) break;
		}
		return read;
	}

	/** Opens the segment in which the next entry stands or will stand; undefined while there is none. */
	#findPlace(): Place | undefined {
		const open = this.#openSegment();
		// Between its two names a segment that is being sealed is still the open one.
		const sealed = sealedSegments(this.#files).filter(({ first }) => first > this.#finished && first !== open?.first);
		const here = sealed.filter(({ first }) => first <= this.#next).at(-1) ?? sealed[0];
		if (open !== undefined && (here === undefined || (open.first <= this.#next && open.first > here.first))) {
			this.#place = { ...open, offset: 0, sealed: false };
		} else {
			if (open !== undefined) closeSync(open.fd);
			const fd = here === undefined ? undefined : openIfThere(here.path);
			// Moved away since the folder was listed: what is there now?
			if (here !== undefined && fd === undefined) return this.#findPlace();
			if (here !== undefined && fd !== undefined) this.#place = { fd, first: here.first, offset: 0, sealed: true };
		}
		return this.#place;
	}

	#openSegment(): { fd: number; first: Seq } | undefined {
		const fd = openIfThere(this.#files.open);
		if (fd === undefined) return undefined;
		const first = firstSeq(fd);
		if (first !== undefined) return { fd, first };
		closeSync(fd);
		return undefined;
	}

	#isOpenSegment(fd: number): boolean {
		try {
			const now = statSync(this.#files.open);
			const mine = fstatSync(fd);
			return now.ino === mine.ino && now.dev === mine.dev;
		} catch (error) {
			if (errnoOf(error) === "ENOENT") return false;
			throw error;
		}
	}
}

interface Place {
	readonly fd: number;
	readonly first: Seq;
	readonly sealed: boolean;
	offset: number;
}

export function openIfThere(path: string): number | undefined {
	try {
		return openSync(path, "r");
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return undefined;
		throw error;
	}
}

/** Seq of the first entry in a file; undefined while it has none. */
export function firstSeq(fd: number): Seq | undefined {
	for (const { line } of linesFrom(fd, 0)) {
		const envelope = parseEnvelope(line.toString("utf8"));
		if (typeof envelope !== "string") return envelope.seq;
	}
	return undefined;
}

/**
 * The sealed segments before the open one, oldest first. One that begins where the open one does is the open one,
 * half-way to being sealed.
 */
export function sealedBefore(files: LogFiles, open: number | undefined): Segment[] {
	const first = (open === undefined ? undefined : firstSeq(open)) ?? Number.POSITIVE_INFINITY;
	return sealedSegments(files).filter((segment) => segment.first < first);
}

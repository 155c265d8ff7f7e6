/**
 * Which idempotency ids stand near the end of the log: in the open segment and in the sealed ones before it, as many
 * as it takes to look back over the window. There a repeated append is recognised. Only drafts that carry an id pay for
 * the look, and only for the bytes they have not seen.
 */
import { closeSync, fstatSync } from "node:fs";
import type { Entry } from "../../model/entry.ts";
import { type Line, parseEnvelope, parseLine } from "../../model/line.ts";
import { entryOf } from "./blobs.ts";
import type { LogFiles, Segment } from "./files.ts";
import { linesFrom } from "./lines.ts";
import { openIfThere, sealedBefore } from "./read.ts";
import type { FileId } from "./tail.ts";

const mark = Buffer.from('"id":"');

/** How far back at least: thousands of entries, so hours of an ordinary day. */
const windowBytes = 1024 * 1024;

export class KnownIds {
	readonly #files: LogFiles;
	#file: FileId | undefined;
	#offset = 0;
	#before = new Map<string, Line>();
	#open = new Map<string, Line>();

	constructor(files: LogFiles) {
		this.#files = files;
	}

	/** Under the lock: brings the window up to the segment's end. */
	catchUp(fd: number, file: FileId): void {
		if (file !== this.#file) {
			this.#before = idsIn(sealedBefore(this.#files, fd));
			this.#open = new Map();
			this.#file = file;
			this.#offset = 0;
		}
		this.#offset = collect(fd, this.#offset, this.#open);
	}

	standing(id: string): Entry | undefined {
		const line = this.#open.get(id) ?? this.#before.get(id);
		return line && entryOf(this.#files, line);
	}
}

/** Newest first, until the window is covered; an id that stands twice stands where it stood first. */
function idsIn(segments: readonly Segment[]): Map<string, Line> {
	const ids = new Map<string, Line>();
	let bytes = 0;
	for (const { path } of segments.toReversed()) {
		if (bytes >= windowBytes) break;
		const fd = openIfThere(path);
		if (fd === undefined) continue;
		try {
			bytes += fstatSync(fd).size;
			collect(fd, 0, ids);
		} finally {
			closeSync(fd);
		}
	}
	return ids;
}

function collect(fd: number, offset: number, ids: Map<string, Line>): number {
	let end = offset;
	for (const found of linesFrom(fd, offset)) {
		end = found.end;
		if (!found.line.includes(mark)) continue;
		const text = found.line.toString("utf8");
		const envelope = parseEnvelope(text);
		if (typeof envelope !== "string" && envelope.id !== undefined) ids.set(envelope.id, parseLine(text));
	}
	return end;
}

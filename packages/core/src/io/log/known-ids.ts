/**
 * Which idempotency ids stand in the open segment and the one before it: the window in which a repeated append is
 * recognised. Only drafts that carry an id pay for the look, and only for the bytes they have not seen.
 */
import { closeSync, openSync } from "node:fs";
import type { Entry } from "../../model/entry.ts";
import { type Line, parseEnvelope, parseLine } from "../../model/line.ts";
import { entryOf } from "./blobs.ts";
import { type LogFiles, sealedSegments } from "./files.ts";
import { linesFrom } from "./lines.ts";

const mark = Buffer.from('"id":"');

export class KnownIds {
	readonly #files: LogFiles;
	#ino = 0;
	#offset = 0;
	#before = new Map<string, Line>();
	#open = new Map<string, Line>();

	constructor(files: LogFiles) {
		this.#files = files;
	}

	/** Under the lock: brings the window up to the segment's end. */
	catchUp(fd: number, ino: number): void {
		if (ino !== this.#ino) {
			const newest = sealedSegments(this.#files).at(-1);
			this.#before = newest === undefined ? new Map() : idsOf(newest.path);
			this.#open = new Map();
			this.#ino = ino;
			this.#offset = 0;
		}
		this.#offset = collect(fd, this.#offset, this.#open);
	}

	standing(id: string): Entry | undefined {
		const line = this.#open.get(id) ?? this.#before.get(id);
		return line && entryOf(this.#files, line);
	}
}

function idsOf(path: string): Map<string, Line> {
	const ids = new Map<string, Line>();
	const fd = openSync(path, "r");
	try {
		collect(fd, 0, ids);
	} finally {
		closeSync(fd);
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
